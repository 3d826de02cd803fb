/* Runs a command several times and prints the least and the middle wall time in milliseconds, the least processor time,
 * which other programs on the machine disturb less, and the most memory it had, in KiB.
 * usage: measure RUNS COMMAND [ARGUMENT…]
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 1000 };

struct run {
	double wall;
	double processor;
	long memory; /* KiB */
};

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double milliseconds(struct timeval time)
{
	return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static int run_once(char **command, struct run *run)
{
	double begin = now();
	pid_t child = fork();
	if (child < 0)
		return -1;
	if (child == 0) {
		int null = open("/dev/null", O_RDWR);
		if (null >= 0) {
			dup2(null, STDIN_FILENO);
			dup2(null, STDOUT_FILENO);
		}
		execvp(command[0], command);
		fprintf(stderr, "%s: %s\n", command[0], strerror(errno));
		_exit(127);
	}
	int status = 0;
	struct rusage usage;
	if (wait4(child, &status, 0, &usage) != child)
		return -1;
	run->wall = now() - begin;
	run->processor = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
	run->memory = usage.ru_maxrss;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int by_wall(const void *a, const void *b)
{
	double left = ((const struct run *)a)->wall;
	double right = ((const struct run *)b)->wall;
	return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
	static struct run runs[RUNS_MAX];
	long count = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	if (count < 1 || count > RUNS_MAX) {
		fputs("usage: measure RUNS COMMAND [ARGUMENT...]\n", stderr);
		return 2;
	}
	for (long i = 0; i < count; i++) {
		int rc = run_once(argv + 2, &runs[i]);
		if (rc != 0) {
			fprintf(stderr, "measure: '%s' ended with %d\n", argv[2], rc);
			return 1;
		}
	}
	double processor = runs[0].processor;
	long memory = runs[0].memory;
	for (long i = 1; i < count; i++) {
		processor = runs[i].processor < processor ? runs[i].processor : processor;
		memory = runs[i].memory > memory ? runs[i].memory : memory;
	}
	qsort(runs, (size_t)count, sizeof runs[0], by_wall);
	printf("%.2f %.2f %.2f %ld\n", runs[0].wall, runs[count / 2].wall, processor, memory);
	return 0;
}
