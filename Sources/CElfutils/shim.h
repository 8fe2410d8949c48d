#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwelf.h>
#include <elfutils/libdwfl.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>

// Of the C++ runtime, which Swift's own runtime needs in any case. There is no C header that declares it.
char *__cxa_demangle(const char *mangled, char *buffer, size_t *length, int *status);

// Of the Swift runtime, which exports it for debuggers and declares it in no public header.
char *swift_demangle(const char *mangled, size_t length, char *buffer, size_t *bufferSize, unsigned flags);
