extension VerificationRule {
    /// All rules, by what they are about.
    public static let catalogue: [VerificationRule] =
        imageRules + encodingRules + treeRules + pageRules + pageMapRules + modelRules
}
