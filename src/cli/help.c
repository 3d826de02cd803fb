/* Help and version, from the tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include <lexo/lexo.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/commands.h"

enum { LEFT_COLUMN = 28 };

static void print_columns(struct lx_cli *cli, const char *left, const char *right)
{
	size_t width = lx_utf8_width(left, strlen(left));
	if (width + 2 > LEFT_COLUMN)
		lx_cli_print(cli, "  %s\n  %*s%s\n", left, LEFT_COLUMN, "", right);
	else
		lx_cli_print(cli, "  %s%*s%s\n", left, (int)(LEFT_COLUMN - width), "", right);
}

static void print_option(struct lx_cli *cli, enum lx_option option, enum lx_command command)
{
	const struct lx_option_row *row = &lx_option_rows[option];
	bool has_letter = row->letter != 0;
	if (row->commands == LX_GLOBAL && command != LX_COMMAND_COUNT)
		for (unsigned i = 0; i < LX_OPTION_COUNT; i++) /* the command's own row takes the letter */
			if (lx_option_belongs((enum lx_option)i, command) && lx_option_rows[i].letter == row->letter)
				has_letter = false;
	char letter[5] = "    ";
	if (has_letter)
		snprintf(letter, sizeof letter, "-%c, ", row->letter);
	print_columns(cli,
		      lx_arena_printf(cli->arena, "%s--%s%s%s", letter, row->name, row->argument ? " " : "",
				      row->argument ? row->argument : ""),
		      row->help);
}

static void print_options(struct lx_cli *cli, const char *title, enum lx_command command, bool is_global)
{
	bool is_first = true;
	for (unsigned i = 0; i < LX_OPTION_COUNT; i++) {
		bool is_wanted =
		    is_global ? lx_option_rows[i].commands == LX_GLOBAL : lx_option_belongs((enum lx_option)i, command);
		if (!is_wanted)
			continue;
		if (is_first)
			lx_cli_print(cli, "\n%s:\n", title);
		is_first = false;
		print_option(cli, (enum lx_option)i, command);
	}
}

static void print_overview(struct lx_cli *cli)
{
	static const char *const titles[LX_GROUP_COUNT] = {"Models", "Revisions (offline)", "Database", "Other"};
	lx_cli_print(cli,
		     "usage: lexo [OPTION…] COMMAND [OPTION…] [OPERAND…]\n\n"
		     "Compiles .lexo models into C bindings and versioned SQL migrations for PostgreSQL, and applies\n"
		     "the migrations with checksum verification.\n");
	for (unsigned group = 0; group < LX_GROUP_COUNT; group++) {
		lx_cli_print(cli, "\n%s:\n", titles[group]);
		for (unsigned i = 0; i < LX_COMMAND_COUNT; i++)
			if (lx_commands[i].group == group)
				print_columns(cli, lx_commands[i].word, lx_commands[i].summary);
	}
	print_options(cli, "Options of every command", LX_COMMAND_COUNT, true);
	lx_cli_print(cli, "\n'lexo help COMMAND' describes a command; 'lexo explain CODE' an error code.\n");
}

void lx_help_print(struct lx_cli *cli, enum lx_command command)
{
	if (command == LX_COMMAND_COUNT) {
		print_overview(cli);
		return;
	}
	const struct lx_command_row *row = &lx_commands[command];
	lx_cli_print(cli, "usage: lexo %s [OPTION…]%s%s\n\n%s\n", row->word, row->operands[0] ? " " : "", row->operands,
		     row->summary);
	if (row->details)
		lx_cli_print(cli, "\n%s\n", row->details);
	print_options(cli, "Options", command, false);
	print_options(cli, "Options of every command", command, true);
}

enum lx_status lx_command_help(struct lx_cli *cli)
{
	enum lx_command command = LX_COMMAND_COUNT;
	if (cli->options.operands.length) {
		const char *word = cli->options.operands.items[0];
		command = lx_command_find(word);
		if (command == LX_COMMAND_COUNT)
			return lx_command_unknown(word, &cli->fail);
	}
	lx_help_print(cli, command);
	return LX_OK;
}

void lx_version_print(struct lx_cli *cli)
{
	int libpq = PQlibVersion();
	lx_cli_print(cli,
		     "lexo %s\nlibpq %d.%d\n"
		     "License Apache-2.0 <https://www.apache.org/licenses/LICENSE-2.0>\n"
		     "This is free software: you are free to change and redistribute it.\n"
		     "There is NO WARRANTY, to the extent permitted by law.\n",
		     lexo_version(), libpq / 10000, libpq % 10000);
	if (lx_cli_is_json(cli)) {
		lx_json_key_string(&cli->json, "version", lexo_version());
		lx_json_key_integer(&cli->json, "libpq", libpq);
	}
}
