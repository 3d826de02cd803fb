/* lexo dev: the private server.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/dev.h"

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void print_url(struct lx_cli *cli, const struct lx_dev *dev)
{
	lx_cli_print(cli, "%s\n", dev->url);
	lx_json_key_string(&cli->json, "url", dev->url);
}

static enum lx_status start(struct lx_cli *cli, struct lx_dev *dev, bool is_kept)
{
	bool started;
	double begin = seconds();
	enum lx_status status = lx_dev_start(dev, is_kept, &started, &cli->fail);
	if (status != LX_OK)
		return status;
	if (started)
		lx_cli_log(cli, "lexo.dev", "PostgreSQL ready in %.1f s: %s in %s%s%s", seconds() - begin,
			   dev->binaries, dev->folder, dev->is_dropped ? ", as user " : "",
			   dev->is_dropped ? dev->user : "");
	else
		lx_cli_log(cli, "lexo.dev", "already running in %s", dev->folder);
	return LX_OK;
}

static enum lx_status dev_start(struct lx_cli *cli, struct lx_dev *dev)
{
	enum lx_status status = start(cli, dev, true);
	if (status == LX_OK)
		print_url(cli, dev);
	return status;
}

static enum lx_status dev_stop(struct lx_cli *cli, struct lx_dev *dev)
{
	bool was_there, keep = lx_option_given(&cli->options, LX_OPTION_KEEP);
	enum lx_status status = lx_dev_stop(dev, keep, &was_there, &cli->fail);
	if (status != LX_OK)
		return status;
	if (!was_there)
		lx_cli_log(cli, "lexo.dev", "not running");
	else
		lx_cli_log(cli, "lexo.dev", keep ? "stopped; the data stay in %s" : "stopped; %s is removed",
			   dev->folder);
	return LX_OK;
}

static enum lx_status not_running(struct lx_cli *cli)
{
	lx_fail(&cli->fail, LX_DIFFERS, "L0214", "no private server runs for this project");
	lx_fail_help(&cli->fail, "start it: lexo dev start");
	return LX_DIFFERS;
}

static enum lx_status dev_url(struct lx_cli *cli, struct lx_dev *dev)
{
	if (!lx_dev_is_running(dev))
		return not_running(cli);
	print_url(cli, dev);
	return LX_OK;
}

static enum lx_status dev_status(struct lx_cli *cli, struct lx_dev *dev)
{
	bool is_running = lx_dev_is_running(dev);
	lx_cli_print(cli, "%s\nfolder: %s\n", is_running ? "running" : "not running", dev->folder);
	lx_json_key_bool(&cli->json, "running", is_running);
	lx_json_key_string(&cli->json, "folder", dev->folder);
	if (!is_running)
		return LX_DIFFERS;
	lx_cli_print(cli, "process: %ld\nurl: %s\n", (long)lx_dev_pid(dev), dev->url);
	lx_json_key_integer(&cli->json, "process", lx_dev_pid(dev));
	lx_json_key_string(&cli->json, "url", dev->url);
	return LX_OK;
}

/* --- run ------------------------------------------------------------------------------------------------------------
 */

static volatile sig_atomic_t child; /* the command, for the handler that passes signals on */

static void pass_on(int number)
{
	if (child > 0)
		kill((pid_t)child, number);
}

/* The terminal sends ^C to the command too: lexo waits for it to end and then cleans up. */
static void watch_signals(void)
{
	struct sigaction forward = {.sa_handler = pass_on}, ignore = {.sa_handler = SIG_IGN};
	sigemptyset(&forward.sa_mask);
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGINT, &ignore, NULL);
	sigaction(SIGQUIT, &ignore, NULL);
	sigaction(SIGTERM, &forward, NULL);
	sigaction(SIGHUP, &forward, NULL);
}

static void run_child(const struct lx_dev *dev, char **argv)
{
	signal(SIGPIPE, SIG_DFL);
	setenv("DATABASE_URL", dev->url, 1);
	setenv("LEXO_DATABASE_URL", dev->url, 1); /* else one from outside would win */
	setenv("PGHOST", dev->folder, 1);
	setenv("PGPORT", "5432", 1);
	setenv("PGUSER", "postgres", 1);
	setenv("PGDATABASE", "postgres", 1);
	unsetenv("PGSERVICE");
	unsetenv("PGHOSTADDR");
	execvp(argv[0], argv);
	_exit(errno == ENOENT ? 127 : 126);
}

static int wait_for_child(void)
{
	int result;
	while (waitpid((pid_t)child, &result, 0) < 0)
		if (errno != EINTR)
			return LX_FAILED;
	child = 0;
	return WIFEXITED(result) ? WEXITSTATUS(result) : 128 + WTERMSIG(result);
}

static enum lx_status run_command(struct lx_cli *cli, const struct lx_dev *dev)
{
	const struct lx_vec *operands = &cli->options.operands;
	char **argv = LX_NEW_ARRAY(cli->arena, char *, operands->length);
	for (size_t i = 1; i < operands->length; i++)
		argv[i - 1] = operands->items[i];
	child = fork();
	if (child == 0)
		run_child(dev, argv);
	if (child < 0)
		return lx_fail(&cli->fail, LX_FAILED, "L0213", "cannot start a process: %s", strerror(errno));
	watch_signals();
	int code = wait_for_child();
	if (code == 127)
		lx_fail(&cli->fail, LX_FAILED, "L0216", "cannot run '%s'", argv[0]);
	return (enum lx_status)code; /* the command's own exit code goes through */
}

static enum lx_status dev_run(struct lx_cli *cli, struct lx_dev *dev)
{
	int use;
	if (cli->options.operands.length < 2) {
		lx_fail(&cli->fail, LX_USAGE, "L0202", "'lexo dev run' needs a command");
		lx_fail_help(&cli->fail, "for example: lexo dev run psql");
		return LX_USAGE;
	}
	enum lx_status status = start(cli, dev, lx_option_given(&cli->options, LX_OPTION_KEEP));
	if (status == LX_OK)
		status = lx_dev_use(dev, &use, &cli->fail);
	if (status != LX_OK)
		return status;
	status = run_command(cli, dev);
	enum lx_status released = lx_dev_release(dev, use, &cli->fail);
	return status == LX_OK ? released : status;
}

static const struct {
	const char *word;
	enum lx_status (*run)(struct lx_cli *cli, struct lx_dev *dev);
} actions[] = {{"start", dev_start}, {"stop", dev_stop}, {"url", dev_url}, {"status", dev_status}, {"run", dev_run}};
enum { ACTION_COUNT = sizeof actions / sizeof *actions };

enum lx_status lx_command_dev(struct lx_cli *cli)
{
	const struct lx_vec *operands = &cli->options.operands;
	const char *word = operands->length ? operands->items[0] : "start";
	const char *words[ACTION_COUNT];
	struct lx_dev dev;
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		words[i] = actions[i].word;
		if (strcmp(word, words[i]) != 0)
			continue;
		if (operands->length > 1 && actions[i].run != dev_run) {
			lx_fail(&cli->fail, LX_USAGE, "L0202", "'lexo dev %s' does not take '%s'", word,
				(const char *)operands->items[1]);
			return LX_USAGE;
		}
		enum lx_status status = lx_cli_config(cli);
		if (status == LX_OK)
			status = lx_dev_locate(cli->arena, cli->config.folder[0] ? cli->config.folder : ".",
					       lx_option_value(&cli->options, LX_OPTION_DIR), &dev, &cli->fail);
		return status == LX_OK ? actions[i].run(cli, &dev) : status;
	}
	const char *nearest = lx_nearest(word, words, ACTION_COUNT);
	lx_fail(&cli->fail, LX_USAGE, "L0203", "unknown word 'dev %s'", word);
	if (nearest)
		lx_fail_help(&cli->fail, "did you mean '%s'?", nearest);
	else
		lx_fail_help(&cli->fail, "'lexo help dev' lists them");
	return LX_USAGE;
}
