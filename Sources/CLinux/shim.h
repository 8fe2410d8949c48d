// Functions of Linux that the C library declares only if asked to, which Swift's import of it does not.
#include <sys/types.h>

ssize_t copy_file_range(int from, off_t *from_offset, int to, off_t *to_offset, size_t count, unsigned int flags);
