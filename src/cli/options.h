/* The tables of commands and options, and the parser that they drive.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_OPTIONS_H
#define LX_CLI_OPTIONS_H
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fail.h"
#include "base/vec.h"

struct lx_arena;
struct lx_cli;

enum lx_command {
#define LX_COMMAND(id, ...) LX_COMMAND_##id,
#include "cli/commands.def"
#undef LX_COMMAND
	LX_COMMAND_COUNT /* also: no command given */
};
enum lx_option {
#define LX_OPTION(id, ...) LX_OPTION_##id,
#include "cli/options.def"
#undef LX_OPTION
	LX_OPTION_COUNT
};
enum lx_group { LX_GROUP_MODELS, LX_GROUP_REVISIONS, LX_GROUP_DATABASE, LX_GROUP_OTHER, LX_GROUP_COUNT };

#define LX_ANY UINT_MAX
#define LX_GLOBAL UINT64_MAX
#define LX_ON(command) (UINT64_C(1) << LX_COMMAND_##command)

struct lx_command_row {
	const char *word;
	enum lx_group group;
	const char *operands;
	unsigned least, greatest;
	unsigned greedy; /* operands after which everything is an operand */
	const char *summary;
	const char *details; /* or NULL */
	enum lx_status (*run)(struct lx_cli *cli);
};
struct lx_option_row {
	uint64_t commands;
	const char *name;
	char letter;
	const char *argument; /* NULL: takes none */
	const char *help;
};
extern const struct lx_command_row lx_commands[LX_COMMAND_COUNT];
extern const struct lx_option_row lx_option_rows[LX_OPTION_COUNT];

struct lx_options {
	enum lx_command command; /* LX_COMMAND_COUNT: none */
	unsigned count[LX_OPTION_COUNT];
	struct lx_vec values[LX_OPTION_COUNT]; /* const char *: arguments in the order given */
	struct lx_vec operands;                /* const char * */
};

/* Reads the command line.  Options may stand anywhere, long ones may be shortened while that is unique, "--" ends them,
 * -1 and -3:current are operands.  Failures are LX_USAGE. */
enum lx_status lx_options_parse(struct lx_arena *arena, struct lx_options *options, int argc, char *const *argv,
				struct lx_fail *fail);
bool lx_option_given(const struct lx_options *options, enum lx_option option);
/* The argument given last, or NULL. */
const char *lx_option_value(const struct lx_options *options, enum lx_option option);
/* Is the row for COMMAND's own use (not a global one)? */
bool lx_option_belongs(enum lx_option option, enum lx_command command);
/* The command called WORD, - and _ being the same; LX_COMMAND_COUNT: none. */
enum lx_command lx_command_find(const char *word);
/* Fails with "unknown command" and the nearest one. */
enum lx_status lx_command_unknown(const char *word, struct lx_fail *fail);
#endif
