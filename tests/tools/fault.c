/* Preloaded into a program as it is shipped: ends it, or lets a call fail, at point number FAULT_AT.
 *
 * FAULT=crash: every call to libpq and every operation on files has a point before and a point after, where the process
 * is gone at once, as by SIGKILL.
 *
 * FAULT=file: the calls that change files are points, and fail with FAULT_ERRNO (ENOSPC); a write writes half first.
 *
 * FAULT=memory: allocations by the program itself, by libpq, by the parser of SQL and by the C library on anyone's
 * behalf are points, and fail; not those that other libraries make for themselves, nor what comes before the program's
 * first one.
 *
 * FAULT_LASTING=1: not once, but from then on, except for what a full disk does not refuse: removing and renaming.
 * FAULT_COUNT names a file that gets the number of points at the end.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <link.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { NONE, CRASH, FILES, MEMORY };
static enum kind wanted;
static long fault_at, points;
static int fault_errno = ENOSPC, is_lasting, is_ready;

/* Where the code is whose allocations are points; the first is the program's. */
static struct {
	uintptr_t from, to;
} code[16];
static size_t code_count;
static int has_begun;

static int note_code(struct dl_phdr_info *info, size_t size, void *context)
{
	static const char *const counted[] = {"libpq.so", "libpg_query.so", "libinih.so", "libc.so"};
	int is_counted = !info->dlpi_name[0];
	(void)size, (void)context;
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		is_counted |= strstr(info->dlpi_name, counted[i]) != NULL;
	for (size_t i = 0; is_counted && i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		if (part->p_type == PT_LOAD && (part->p_flags & PF_X) && code_count < sizeof code / sizeof *code) {
			code[code_count].from = info->dlpi_addr + part->p_vaddr;
			code[code_count++].to = info->dlpi_addr + part->p_vaddr + part->p_memsz;
		}
	}
	return 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *kind = getenv("FAULT"), *at = getenv("FAULT_AT"), *number = getenv("FAULT_ERRNO");
	fault_at = at ? strtol(at, NULL, 10) : 0;
	fault_errno = number ? (int)strtol(number, NULL, 10) : ENOSPC;
	is_lasting = getenv("FAULT_LASTING") != NULL;
	if (kind)
		wanted = *kind == 'c' ? CRASH : *kind == 'f' ? FILES : *kind == 'm' ? MEMORY : NONE;
	if (wanted == MEMORY)
		dl_iterate_phdr(note_code, NULL);
	unsetenv("LD_PRELOAD"); /* only this process, not those it starts */
	is_ready = 1;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("FAULT_COUNT");
	char text[32];
	int length = snprintf(text, sizeof text, "%ld\n", points);
	enum kind kind = wanted;
	wanted = NONE;
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
	if (fd >= 0 && write(fd, text, (size_t)length) == length)
		close(fd);
	wanted = kind;
}

/* Counts a point of KIND; true: it is the one. */
static int is_hit(enum kind kind, int is_spared)
{
	if (!is_ready || kind != wanted)
		return 0;
	++points;
	return fault_at && (points == fault_at || (is_lasting && !is_spared && points > fault_at));
}

static void crash_point(void)
{
	if (is_hit(CRASH, 0))
		raise(SIGKILL);
}

static void *next(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);
	if (!found)
		abort();
	return found;
}

/* A call of TYPE NAME(PARAMETERS) with a point before and one after. */
#define CALL(type, name, parameters, arguments)                                                                        \
	type name parameters                                                                                           \
	{                                                                                                              \
		static type(*real) parameters;                                                                         \
		if (!real)                                                                                             \
			*(void **)&real = next(#name);                                                                 \
		crash_point();                                                                                         \
		type answer = real arguments;                                                                          \
		crash_point();                                                                                         \
		return answer;                                                                                         \
	}
#define CALL_VOID(name, parameters, arguments)                                                                         \
	void name parameters                                                                                           \
	{                                                                                                              \
		static void(*real) parameters;                                                                         \
		if (!real)                                                                                             \
			*(void **)&real = next(#name);                                                                 \
		crash_point();                                                                                         \
		real arguments;                                                                                        \
		crash_point();                                                                                         \
	}
/* The same for a call that changes files and answers -1 when it fails. */
#define CHANGE(type, name, parameters, arguments, is_spared)                                                           \
	type name parameters                                                                                           \
	{                                                                                                              \
		static type(*real) parameters;                                                                         \
		if (!real)                                                                                             \
			*(void **)&real = next(#name);                                                                 \
		if (is_hit(FILES, is_spared)) {                                                                        \
			errno = fault_errno;                                                                           \
			return -1;                                                                                     \
		}                                                                                                      \
		crash_point();                                                                                         \
		type answer = real arguments;                                                                          \
		crash_point();                                                                                         \
		return answer;                                                                                         \
	}

/* --- libpq: all that lexo calls and that does not only look into a result or a connection ------------------------- */
CALL(PGconn *, PQconnectStartParams, (const char *const *k, const char *const *v, int e), (k, v, e))
CALL(PGconn *, PQconnectdbParams, (const char *const *k, const char *const *v, int e), (k, v, e))
CALL(PostgresPollingStatusType, PQconnectPoll, (PGconn * c), (c))
CALL(PGresult *, PQexec, (PGconn * c, const char *q), (c, q))
CALL(PGresult *, PQexecParams,
     (PGconn * c, const char *q, int n, const Oid *t, const char *const *v, const int *l, const int *f, int r),
     (c, q, n, t, v, l, f, r))
CALL(PGresult *, PQexecPrepared,
     (PGconn * c, const char *s, int n, const char *const *v, const int *l, const int *f, int r), (c, s, n, v, l, f, r))
CALL(PGresult *, PQprepare, (PGconn * c, const char *s, const char *q, int n, const Oid *t), (c, s, q, n, t))
CALL(int, PQsendQuery, (PGconn * c, const char *q), (c, q))
CALL(PGresult *, PQgetResult, (PGconn * c), (c))
CALL(int, PQconsumeInput, (PGconn * c), (c))
CALL(PGcancel *, PQgetCancel, (PGconn * c), (c))
CALL(int, PQcancel, (PGcancel * c, char *e, int n), (c, e, n))
CALL(int, PQputCopyEnd, (PGconn * c, const char *e), (c, e))
CALL(int, PQgetCopyData, (PGconn * c, char **b, int a), (c, b, a))
CALL_VOID(PQreset, (PGconn * c), (c))
CALL_VOID(PQfinish, (PGconn * c), (c))
CALL_VOID(PQclear, (PGresult * r), (r))

/* --- files -------------------------------------------------------------------------------------------------------- */
CALL(ssize_t, read, (int d, void *b, size_t n), (d, b, n))
CHANGE(int, fsync, (int d), (d), 0)
CHANGE(int, syncfs, (int d), (d), 0)
CHANGE(int, rename, (const char *a, const char *b), (a, b), 1)
CHANGE(int, link, (const char *a, const char *b), (a, b), 0)
CHANGE(int, unlink, (const char *a), (a), 1)
CHANGE(int, mkdir, (const char *a, mode_t m), (a, m), 0)
CHANGE(int, fchmod, (int d, mode_t m), (d, m), 1)

int close(int fd)
{
	static int (*real)(int);
	if (!real)
		*(void **)&real = next("close");
	crash_point();
	int answer = real(fd);
	crash_point();
	return answer;
}

int open(const char *path, int flags, ...)
{
	static int (*real)(const char *, int, ...);
	mode_t mode = 0;
	if (!real)
		*(void **)&real = next("open");
	if (flags & O_CREAT) {
		va_list list;
		va_start(list, flags);
		mode = va_arg(list, mode_t);
		va_end(list);
	}
	if (flags & (O_CREAT | O_WRONLY | O_RDWR) && is_hit(FILES, 0)) {
		errno = fault_errno;
		return -1;
	}
	crash_point();
	int answer = real(path, flags, mode);
	crash_point();
	return answer;
}

/* A disk that is full takes a part first. */
ssize_t write(int fd, const void *bytes, size_t size)
{
	static ssize_t (*real)(int, const void *, size_t);
	static int is_cut;
	if (!real)
		*(void **)&real = next("write");
	int is_full = is_cut;
	is_cut = 0;
	if (fd > 2 && (is_full || is_hit(FILES, 0))) {
		if (!is_full && size > 1) {
			is_cut = 1;
			return real(fd, bytes, size / 2);
		}
		errno = fault_errno;
		return -1;
	}
	crash_point();
	ssize_t answer = real(fd, bytes, size);
	crash_point();
	return answer;
}

/* --- memory: the C library's own allocator under other names, since dlsym() allocates ------------------------------
 */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

/* No memory for whoever called from ADDRESS? */
static int is_refused(const void *address)
{
	if (wanted != MEMORY)
		return 0;
	uintptr_t at = (uintptr_t)address;
	for (size_t i = 0; i < code_count; i++)
		if (at >= code[i].from && at < code[i].to) {
			has_begun |= i == 0;
			if (!has_begun || !is_hit(MEMORY, 0))
				return 0;
			errno = ENOMEM;
			return 1;
		}
	return 0;
}

void *malloc(size_t size)
{
	return is_refused(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return is_refused(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return is_refused(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void *mmap(void *at, size_t size, int rights, int flags, int fd, off_t from)
{
	static void *(*real)(void *, size_t, int, int, int, off_t);
	if (fd < 0 && is_refused(__builtin_return_address(0)))
		return MAP_FAILED;
	if (!real)
		*(void **)&real = next("mmap");
	return real(at, size, rights, flags, fd, from);
}
