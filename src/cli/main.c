/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/ahead.h"
#include "cli/cli.h"
#include "cli/secret.h"

static void out_of_memory(void *context, size_t wanted)
{
	static const char text[] = "lexo: error[L0105]: out of memory\n";
	(void)context, (void)wanted;
	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(LX_FAILED);
	_exit(LX_FAILED);
}

struct lx_arena *lx_cli_arena(void)
{
	return lx_arena_open(0, out_of_memory, NULL);
}

/* A file opened later must not become stdout or stderr because that one was closed.  Opened the wrong way round, so
 * that using one of them is still an error. */
static void open_standard_files(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
			_exit(LX_FAILED);
}

/* Passwords and keys are in memory: no core file, and nobody else looks in.  What a sanitizer finds, it finds by
 * looking. */
static void close_memory(void)
{
#ifndef __SANITIZE_ADDRESS__
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

enum lx_status lx_cli_config(struct lx_cli *cli)
{
	if (cli->has_config)
		return LX_OK;
	struct lx_config_request request = {
	    .file = lx_option_value(&cli->options, LX_OPTION_CONFIG),
	    .section = lx_option_value(&cli->options, LX_OPTION_NAME),
	    .variables = &cli->options.values[LX_OPTION_VARIABLE],
	};
	enum lx_status status = lx_config_load(cli->arena, &request, &cli->config, &cli->fail);
	cli->has_config = status == LX_OK;
	return status;
}

static enum lx_status check_variables(struct lx_cli *cli)
{
	LX_EACH (const char *, given, &cli->options.values[LX_OPTION_VARIABLE])
		if (!strchr(given, '=') || given[0] == '=') {
			lx_fail(&cli->fail, LX_USAGE, "L0202", "-x wants NAME=VALUE, not '%s'", given);
			return LX_USAGE;
		}
	return LX_OK;
}

static enum lx_status run(struct lx_cli *cli, enum lx_status parsed)
{
	enum lx_command command = cli->options.command;
	enum lx_status status = lx_cli_prepare(cli); /* also after a usage error: it decides how that is shown */
	if (parsed != LX_OK)
		return parsed;
	if (status == LX_OK)
		status = check_variables(cli);
	if (status != LX_OK)
		return status;
	if (lx_option_given(&cli->options, LX_OPTION_VERSION)) {
		lx_version_print(cli);
		return LX_OK;
	}
	if (lx_option_given(&cli->options, LX_OPTION_HELP)) {
		lx_help_print(cli, command);
		return LX_OK;
	}
	if (command == LX_COMMAND_COUNT) {
		lx_fail(&cli->fail, LX_USAGE, "L0203", "no command given");
		lx_fail_help(&cli->fail, "'lexo --help' lists the commands");
		return LX_USAGE;
	}
	return lx_commands[command].run(cli);
}

int main(int argc, char **argv)
{
	close_memory();
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other */
	open_standard_files();
	struct lx_cli cli = {.arena = lx_cli_arena()};
	lx_json_init(&cli.json, &cli.fields);
	lx_json_open_object(&cli.json);
	lx_diags_init(&cli.diags, cli.arena);
	enum lx_status status = lx_options_parse(cli.arena, &cli.options, argc, argv, &cli.fail);
	lx_secret_scrub(cli.arena, argc, argv, &cli.secrets); /* the options are copies */
	int code = lx_cli_finish(&cli, run(&cli, status));
	lx_ahead_end(cli.ahead);
	lx_buffer_free(&cli.out);
	lx_buffer_free(&cli.fields);
	lx_arena_close(cli.arena);
	return code;
}
