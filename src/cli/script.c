/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/script.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/io.h"

enum { NO_PROGRAM = 127, ANSWER_LIMIT = 700 };

/* The same server and database through the environment: a command line can be seen by others. */
static void set_environment(PGconn *conn)
{
	static const struct {
		const char *keyword, *variable;
	} pairs[] = {{"host", "PGHOST"},       {"hostaddr", "PGHOSTADDR"},       {"port", "PGPORT"},
		     {"user", "PGUSER"},       {"password", "PGPASSWORD"},       {"passfile", "PGPASSFILE"},
		     {"sslmode", "PGSSLMODE"}, {"sslrootcert", "PGSSLROOTCERT"}, {"sslcert", "PGSSLCERT"},
		     {"sslkey", "PGSSLKEY"}};
	PQconninfoOption *options = PQconninfo(conn);
	for (const PQconninfoOption *option = options; option && option->keyword; option++)
		for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
			if (option->val && strcmp(option->keyword, pairs[i].keyword) == 0)
				setenv(pairs[i].variable, option->val, 1);
	PQconninfoFree(options);
	setenv("PGDATABASE", PQdb(conn), 1);
	setenv("PGOPTIONS", "-c client_min_messages=warning", 1);
	unsetenv("PGSERVICE");
}

static bool is_archive(const char *file)
{
	char magic[5] = "";
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	bool is = fd >= 0 && read(fd, magic, sizeof magic) == (ssize_t)sizeof magic && !memcmp(magic, "PGDMP", 5);
	if (fd >= 0)
		close(fd);
	return is || lx_io_is_folder(file); /* pg_dump -Fd */
}

static void become(PGconn *conn, const char *file, bool is_archived, int out)
{
	int nothing = open("/dev/null", O_RDWR);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	set_environment(conn);
	if (is_archived)
		execlp("pg_restore", "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "-d", PQdb(conn),
		       "--", file, (char *)NULL);
	else
		execlp("psql", "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, (char *)NULL);
	_exit(NO_PROGRAM);
}

static void read_answer(int fd, char *answer)
{
	size_t length = 0;
	char rest[512];
	for (;;) {
		bool is_full = length == ANSWER_LIMIT - 1;
		ssize_t n =
		    is_full ? read(fd, rest, sizeof rest) : read(fd, answer + length, ANSWER_LIMIT - 1 - length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		length += is_full ? 0 : (size_t)n;
	}
	while (length && answer[length - 1] == '\n')
		length--;
	answer[length] = 0;
}

static enum lx_status judge(struct lx_cli *cli, const char *file, const char *program, int state, const char *answer)
{
	int code = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
	if (code == 0)
		return LX_OK;
	if (code == NO_PROGRAM) {
		lx_fail(&cli->fail, LX_FAILED, "L0433", "there is no %s to load %s with", program, file);
		lx_fail_help(&cli->fail,
			     "install PostgreSQL's client programs (Debian: postgresql-client), or put them "
			     "on PATH");
		return LX_FAILED;
	}
	lx_fail(&cli->fail, LX_FAILED, "L0432", "%s could not load %s: %s", program, file,
		answer[0] ? answer : "it says nothing");
	lx_fail_help(&cli->fail, "a dump for this is best made with pg_dump --no-owner --no-privileges; data must fit\n"
				 "the revision that they are loaded behind");
	return LX_FAILED;
}

enum lx_status lx_script_run(struct lx_cli *cli, PGconn *conn, const char *file)
{
	int pipes[2], state = 0;
	char answer[ANSWER_LIMIT];
	bool is_archived = is_archive(file);
	const char *program = is_archived ? "pg_restore" : "psql";
	if (access(file, R_OK) != 0)
		return lx_io_error(&cli->fail, "reading", file);
	if (pipe2(pipes, O_CLOEXEC) != 0)
		return lx_io_error(&cli->fail, "opening a pipe for", file);
	pid_t child = fork();
	if (child == 0)
		become(conn, file, is_archived, pipes[1]);
	close(pipes[1]);
	if (child > 0) {
		read_answer(pipes[0], answer);
		while (waitpid(child, &state, 0) < 0 && errno == EINTR)
			;
	}
	close(pipes[0]);
	return child < 0 ? lx_io_error(&cli->fail, "starting a program for", file)
			 : judge(cli, file, program, state, answer);
}
