/* Compiles models to the schema representation, nothing else, several times in one process, and prints the least and
 * the middle wall time in milliseconds, and the least processor time.   usage: compile_ir RUNS PATH…
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "check/compile.h"
#include "diag/diag.h"

enum { RUNS_MAX = 1000 };

static double now(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void give_up(void *context, size_t wanted)
{
	(void)context;
	fprintf(stderr, "compile_ir: no memory for %zu bytes\n", wanted);
	exit(1);
}

static double compile_once(const char *const *paths, size_t count, double *processor)
{
	double begin = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID);
	struct lx_arena *arena = lx_arena_open(0, give_up, NULL);
	struct lx_diags diags;
	struct lx_fail fail = {.status = LX_OK};
	lx_diags_init(&diags, arena);
	struct lx_compile_options options = {.target_version = 15};
	struct lx_schema *schema = lx_compile(arena, &diags, paths, count, &options, &fail);
	double end = now(CLOCK_MONOTONIC);
	used = now(CLOCK_PROCESS_CPUTIME_ID) - used;
	if (*processor < 0 || used < *processor)
		*processor = used;
	if (schema == NULL || diags.errors > 0) {
		fprintf(stderr, "compile_ir: %s\n", schema == NULL ? fail.message : "the models have errors");
		exit(1);
	}
	lx_arena_close(arena);
	return end - begin;
}

static int by_time(const void *a, const void *b)
{
	double left = *(const double *)a;
	double right = *(const double *)b;
	return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
	static double runs[RUNS_MAX];
	long count = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	if (count < 1 || count > RUNS_MAX) {
		fputs("usage: compile_ir RUNS PATH...\n", stderr);
		return 2;
	}
	double processor = -1;
	for (long i = 0; i < count; i++)
		runs[i] = compile_once((const char *const *)(argv + 2), (size_t)(argc - 2), &processor);
	qsort(runs, (size_t)count, sizeof runs[0], by_time);
	printf("%.2f %.2f %.2f\n", runs[0], runs[count / 2], processor);
	return 0;
}
