/* The SQL of Alembic's revisions: what `alembic upgrade --sql` prints, cut at its comments.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/import.h"

enum { NO_PROGRAM = 127 };

/* --- running alembic -------------------------------------------------------------------------------------------------
 */

static void become(const char *ini, const char *verb, const char *range, int out, int err)
{
	const char *slash = strrchr(ini, '/');
	int nothing = open("/dev/null", O_RDWR);
	dup2(nothing, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	char *folder = strndup(ini, slash ? (size_t)(slash - ini) : 0);
	if (folder && *folder && chdir(folder) != 0)
		_exit(NO_PROGRAM);
	execlp("alembic", "alembic", "-c", slash ? slash + 1 : ini, verb, "--sql", range, (char *)NULL);
	_exit(NO_PROGRAM);
}

static const char *read_back(struct lx_arena *arena, int fd)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	char chunk[8192];
	lseek(fd, 0, SEEK_SET);
	for (ssize_t n; (n = read(fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR);)
		lx_buffer_add(&text, chunk, n > 0 ? (size_t)n : 0);
	const char *copy = lx_arena_copy(arena, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	return copy;
}

static int open_temporary(void)
{
	char name[] = "/tmp/lexo-import-XXXXXX";
	int fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

/* Into *TEXT goes all that it printed before it ended, into *SAID the last line of what it said; its exit code. */
static int run_alembic(struct lx_arena *arena, const char *ini, const char *verb, const char *range, const char **text,
		       const char **said)
{
	int out = open_temporary(), err = open_temporary(), state = 0;
	pid_t child = out < 0 || err < 0 ? -1 : fork();
	if (child == 0)
		become(ini, verb, range, out, err);
	while (child > 0 && waitpid(child, &state, 0) < 0 && errno == EINTR)
		;
	*text = out < 0 ? "" : read_back(arena, out);
	char *words = lx_arena_string(arena, err < 0 ? "" : read_back(arena, err));
	size_t length = strlen(words);
	while (length && words[length - 1] == '\n')
		words[--length] = 0;
	const char *newline = strrchr(words, '\n');
	*said = newline ? newline + 1 : words;
	if (out >= 0)
		close(out);
	if (err >= 0)
		close(err);
	return child > 0 && WIFEXITED(state) ? WEXITSTATUS(state) : NO_PROGRAM;
}

/* --- cutting ---------------------------------------------------------------------------------------------------------
 */

static struct lx_import_revision *find(const struct lx_import *import, const char *id, size_t length)
{
	LX_EACH (struct lx_import_revision *, revision, &import->revisions)
		if (strlen(revision->id) == length && strncmp(revision->id, id, length) == 0)
			return revision;
	return NULL;
}

/* The revision of the line "-- Running upgrade a, b -> c" (a downgrade's is on the left), or NULL. */
static struct lx_import_revision *read_header(const struct lx_import *import, const char *line, const char *verb)
{
	static const char word[] = "-- Running ";
	size_t length = strlen(verb);
	if (strncmp(line, word, sizeof word - 1) != 0 || strncmp(line + sizeof word - 1, verb, length) != 0)
		return NULL;
	line += sizeof word - 1 + length;
	line += *line == ' ';
	const char *end = line + strcspn(line, "\r\n"), *arrow = strstr(line, " -> ");
	if (!arrow || arrow > end)
		arrow = strstr(line, " ->");
	if (!arrow || arrow > end)
		return NULL;
	if (strcmp(verb, "downgrade") == 0)
		return find(import, line, (size_t)(arrow - line));
	const char *id = arrow + 3 + strspn(arrow + 3, " ");
	return find(import, id, strcspn(id, " ,\r\n"));
}

/* A revision's part goes up to the next header.  What is there already stays. */
static void cut(struct lx_import *import, const char *path, const char *script, const char *verb)
{
	struct lx_import_sql *part = NULL;
	bool is_down = strcmp(verb, "downgrade") == 0;
	for (const char *line = script; line && *line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
		struct lx_import_revision *revision = read_header(import, line, verb);
		if (!revision)
			continue;
		if (part)
			part->length = (size_t)(line - part->sql);
		part = is_down ? &revision->down : &revision->up;
		if (part->sql) {
			part = NULL;
			continue;
		}
		const char *start = line + strcspn(line, "\n");
		*part = (struct lx_import_sql){
		    .path = path, .file = script, .sql = start, .length = strlen(start), .leaves_at_commit = true};
	}
}

/* --- all of them -----------------------------------------------------------------------------------------------------
 */

static enum lx_status no_sql(struct lx_import *import, const char *why)
{
	lx_fail(&import->cli->fail, LX_FAILED, "L0438", "there is no SQL of Alembic's revisions: %s", why);
	lx_fail_help(&import->cli->fail,
		     "where Alembic and its environment are at hand: alembic upgrade heads --sql >up.sql,\n"
		     "alembic downgrade heads:base --sql >down.sql; then import with --upgrade-sql up.sql "
		     "--downgrade-sql down.sql");
	return LX_FAILED;
}

/* By itself: one that the run over all of them did not come to. */
static void run_single(struct lx_import *import, const char *ini, struct lx_import_revision *revision, bool is_down,
		       const char **said)
{
	struct lx_arena *arena = import->cli->arena;
	const char *parent = revision->parents.length ? revision->parents.items[0] : "base", *text;
	const char *verb = is_down ? "downgrade" : "upgrade";
	const char *range = is_down ? lx_arena_printf(arena, "%s:%s", revision->id, parent)
				    : lx_arena_printf(arena, "%s:%s", parent, revision->id);
	struct lx_import_sql former = is_down ? revision->down : revision->up;
	if (run_alembic(arena, ini, verb, range, &text, said) == 0)
		cut(import, former.path, text, verb);
}

static enum lx_status take_single(struct lx_import *import, const char *ini, struct lx_import_revision *revision)
{
	struct lx_cli *cli = import->cli;
	const char *said = "it is not in the script";
	if (!revision->up.sql && ini)
		run_single(import, ini, revision, false, &said);
	if (!revision->up.sql) {
		lx_fail(&cli->fail, LX_FAILED, "L0438", "alembic cannot write the SQL of revision %s: %s", revision->id,
			said);
		lx_fail_where(&cli->fail, "%s", revision->up.path);
		lx_fail_help(&cli->fail, "most often it asks the database (op.get_bind()); replace that by SQL, or by\n"
					 "what the answer was");
		return LX_FAILED;
	}
	if (!revision->down.sql && ini)
		run_single(import, ini, revision, true, &said);
	if (revision->down.sql)
		return LX_OK;
	revision->irreversible = lx_arena_printf(cli->arena, "alembic cannot write its downgrade as SQL: %s", said);
	lx_import_note(import, revision->down.path, NULL, NULL, revision->irreversible);
	revision->down = (struct lx_import_sql){0};
	return LX_OK;
}

static enum lx_status take_stored(struct lx_import *import, enum lx_option option, const char *verb, const char **text)
{
	const char *path = lx_option_value(&import->cli->options, option);
	*text = NULL;
	if (!path)
		return LX_OK;
	enum lx_status status = lx_import_read(import, path, text);
	if (status == LX_OK)
		cut(import, path, *text, verb);
	return status;
}

enum lx_status lx_import_scripts(struct lx_import *import, const char *ini)
{
	struct lx_arena *arena = import->cli->arena;
	const char *down, *said = "";
	enum lx_status status = take_stored(import, LX_OPTION_UPGRADE_SQL, "upgrade", &import->script);
	if (status == LX_OK)
		status = take_stored(import, LX_OPTION_DOWNGRADE_SQL, "downgrade", &down);
	if (status != LX_OK)
		return status;
	if (!import->script) {
		if (!ini)
			return no_sql(import, "no alembic.ini is there or above");
		int code = run_alembic(arena, ini, "upgrade", "heads", &import->script, &said);
		if (code == NO_PROGRAM)
			return no_sql(import, "alembic is not installed");
		cut(import, "alembic upgrade heads --sql", import->script, "upgrade");
		run_alembic(arena, ini, "downgrade", "heads:base", &down, &said);
		cut(import, "alembic downgrade heads:base --sql", down, "downgrade");
		import->script = code == 0 ? import->script : NULL;
	} else
		ini = NULL; /* what is stored is what counts */
	LX_EACH (struct lx_import_revision *, revision, &import->revisions)
		status = status == LX_OK ? take_single(import, ini, revision) : status;
	return status;
}
