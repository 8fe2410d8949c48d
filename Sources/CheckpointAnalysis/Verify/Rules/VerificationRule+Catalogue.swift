extension VerificationRule {
    /// All rules, by what they are about.
    public static let catalogue: [VerificationRule] =
        imageRules + encodingRules + treeRules + areaRules + pageRules + pageMapRules + fileRules + remapRules
        + socketRules
        + dumpRules + modelRules + manifestRules
}
