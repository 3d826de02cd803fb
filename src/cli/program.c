/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/program.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(char *const *arguments, const char *folder, bool is_silent)
{
	int nothing = is_silent ? open("/dev/null", O_WRONLY) : -1;
	if (nothing >= 0)
		dup2(nothing, STDERR_FILENO);
	if ((!folder || chdir(folder) == 0) && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		execvp(arguments[0], arguments);
	_exit(LX_PROGRAM_NOT_RUN);
}

int lx_program_run(char *const *arguments, const char *folder, bool is_silent)
{
	int status;
	pid_t child = fork();
	if (child == 0)
		become(arguments, folder, is_silent);
	while (child > 0 && waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return LX_PROGRAM_NOT_RUN;
	return child < 0 ? LX_PROGRAM_NOT_RUN : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
