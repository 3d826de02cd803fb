/* A small archive of documents over LEXO's own models: text files are stored, a worker classifies them, people list and
 * search them.  It talks to the database that DATABASE_URL or libpq's environment names.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"

bool archive_is_fine(const struct archive *archive, const char *what, lexo_rc rc)
{
	if (rc < LEXO_E_FIRST)
		return true;
	const lexo_error *error = lexo_err(archive->db);
	fprintf(stderr, "%s: %s: %s\n", what, lexo_rc_name(rc), error->message);
	if (error->detail[0] != '\0')
		fprintf(stderr, "  %s\n", error->detail);
	return false;
}

bool archive_user(const struct archive *archive, const char *email, app_user *user)
{
	lexo_rc rc =
	    email ? app_user_get_by_email(archive->db, lexo_cstr(email), archive->arena, user) : LEXO_NOT_FOUND;
	if (!archive_is_fine(archive, "user", rc))
		return false;
	if (rc == LEXO_OK && user->is_active)
		return true;
	fprintf(stderr, "no active user %s\n", email ? email : "was named");
	return false;
}

static const struct {
	const char *name, *arguments;
	bool (*run)(struct archive *archive, char **arguments);
	int least; /* arguments */
} commands[] = {
    {"user", "EMAIL [admin|user|readonly]", archive_add_user, 1},
    {"add", "EMAIL FILE...", archive_add, 2},
    {"work", "[SECONDS]", archive_work, 0},
    {"list", "EMAIL [CLASS]", archive_list, 1},
    {"search", "EMAIL WORDS", archive_search, 2},
    {"stats", "EMAIL", archive_stats, 1},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static int usage(void)
{
	for (int i = 0; i < COMMANDS; i++)
		fprintf(stderr, "%s archive %s %s\n", i ? "      " : "usage:", commands[i].name, commands[i].arguments);
	return 2;
}

int main(int argc, char **argv)
{
	int chosen = 0;
	while (argc > 1 && chosen < COMMANDS && strcmp(argv[1], commands[chosen].name) != 0)
		chosen++;
	if (argc < 2 || chosen == COMMANDS || argc - 2 < commands[chosen].least)
		return usage();
	struct archive archive = {.arena = lexo_arena_new(0)};
	lexo_rc rc = lexo_open(getenv("DATABASE_URL"), NULL, &archive.db);
	bool is_done =
	    archive.arena && archive_is_fine(&archive, "connecting", rc) && commands[chosen].run(&archive, argv + 2);
	lexo_close(archive.db);
	lexo_arena_free(archive.arena);
	return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}
