// The digests of nettle, which libarchive brings along in any case.
#include <nettle/sha2.h>
