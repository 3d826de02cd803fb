/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "cli/commands.h"
#include "diag/diag.h"

const struct lx_command_row lx_commands[LX_COMMAND_COUNT] = {
#define LX_COMMAND(id, function, word, group, operands, least, greatest, greedy, summary, details)                     \
	[LX_COMMAND_##id] = {word, group, operands, least, greatest, greedy, summary, details, lx_command_##function},
#include "cli/commands.def"
#undef LX_COMMAND
};

const struct lx_option_row lx_option_rows[LX_OPTION_COUNT] = {
#define LX_OPTION(id, commands, name, letter, argument, help)                                                          \
	[LX_OPTION_##id] = {commands, name, letter, argument, help},
#include "cli/options.def"
#undef LX_OPTION
};

struct parser {
	struct lx_arena *arena;
	struct lx_options *options;
	int argc;
	char *const *argv;
	int next; /* index of the argument after the one being read */
	struct lx_fail *fail;
};

bool lx_option_belongs(enum lx_option option, enum lx_command command)
{
	uint64_t commands = lx_option_rows[option].commands;
	return commands != LX_GLOBAL && command != LX_COMMAND_COUNT && (commands >> command & 1);
}

static bool is_accepted(enum lx_option option, enum lx_command command)
{
	return lx_option_rows[option].commands == LX_GLOBAL || lx_option_belongs(option, command);
}

bool lx_option_given(const struct lx_options *options, enum lx_option option)
{
	return options->count[option] > 0;
}

const char *lx_option_value(const struct lx_options *options, enum lx_option option)
{
	const struct lx_vec *values = &options->values[option];
	return values->length ? values->items[values->length - 1] : NULL;
}

static bool same_word(const char *a, const char *b)
{
	for (;; a++, b++) {
		char x = *a == '_' ? '-' : *a, y = *b == '_' ? '-' : *b;
		if (x != y)
			return false;
		if (!x)
			return true;
	}
}

enum lx_command lx_command_find(const char *word)
{
	for (unsigned i = 0; i < LX_COMMAND_COUNT; i++)
		if (same_word(lx_commands[i].word, word))
			return (enum lx_command)i;
	return LX_COMMAND_COUNT;
}

enum lx_status lx_command_unknown(const char *word, struct lx_fail *fail)
{
	const char *words[LX_COMMAND_COUNT];
	for (unsigned i = 0; i < LX_COMMAND_COUNT; i++)
		words[i] = lx_commands[i].word;
	const char *nearest = lx_nearest(word, words, LX_COMMAND_COUNT);
	lx_fail(fail, LX_USAGE, "L0203", "unknown command '%s'", word);
	if (nearest)
		lx_fail_help(fail, "did you mean '%s'?", nearest);
	else
		lx_fail_help(fail, "'lexo --help' lists the commands");
	return LX_USAGE;
}

static void add(struct parser *parser, enum lx_option option, const char *value)
{
	parser->options->count[option]++;
	if (value) {
		char *copy = lx_arena_string(parser->arena, value);
		lx_vec_push(parser->arena, &parser->options->values[option], copy);
	}
}

static void help_options(struct parser *parser, const char *nearest)
{
	enum lx_command command = parser->options->command;
	if (nearest)
		lx_fail_help(parser->fail, "did you mean '--%s'?", nearest);
	else if (command == LX_COMMAND_COUNT)
		lx_fail_help(parser->fail, "'lexo --help' lists the options; those of a command come after it");
	else
		lx_fail_help(parser->fail, "'lexo help %s' lists the options", lx_commands[command].word);
}

static enum lx_status unknown_option(struct parser *parser, const char *name)
{
	const char *names[LX_OPTION_COUNT];
	size_t count = 0;
	for (unsigned i = 0; i < LX_OPTION_COUNT; i++)
		if (is_accepted((enum lx_option)i, parser->options->command))
			names[count++] = lx_option_rows[i].name;
	lx_fail(parser->fail, LX_USAGE, "L0201", "unknown option '--%s'", name);
	help_options(parser, lx_nearest(name, names, count));
	return LX_USAGE;
}

static enum lx_status ambiguous_option(struct parser *parser, const char *name, size_t length)
{
	struct lx_buffer list = LX_BUFFER_INIT;
	for (unsigned i = 0; i < LX_OPTION_COUNT; i++) {
		const char *candidate = lx_option_rows[i].name;
		if (!is_accepted((enum lx_option)i, parser->options->command) || strncmp(candidate, name, length) != 0)
			continue;
		lx_buffer_string(&list, list.length ? ", --" : "--");
		lx_buffer_string(&list, candidate);
	}
	lx_fail(parser->fail, LX_USAGE, "L0201", "option '--%.*s' is ambiguous", (int)length, name);
	lx_fail_help(parser->fail, "it may be %s", lx_buffer_text(&list));
	lx_buffer_free(&list);
	return LX_USAGE;
}

/* The option whose long name is, or uniquely begins with, the LENGTH bytes of NAME. */
static enum lx_status find_long(struct parser *parser, const char *name, size_t length, enum lx_option *found)
{
	size_t matches = 0;
	for (unsigned i = 0; i < LX_OPTION_COUNT; i++) {
		const char *candidate = lx_option_rows[i].name;
		if (!is_accepted((enum lx_option)i, parser->options->command) || strncmp(candidate, name, length) != 0)
			continue;
		*found = (enum lx_option)i;
		if (candidate[length] == 0)
			return LX_OK;
		matches++;
	}
	if (matches == 1)
		return LX_OK;
	if (matches > 1)
		return ambiguous_option(parser, name, length);
	return unknown_option(parser, lx_arena_copy(parser->arena, name, length));
}

static enum lx_status missing_argument(struct parser *parser, const char *shown, const char *argument)
{
	lx_fail(parser->fail, LX_USAGE, "L0202", "option '%s' needs an argument: %s", shown, argument);
	help_options(parser, NULL);
	return LX_USAGE;
}

static enum lx_status parse_long(struct parser *parser, const char *text)
{
	const char *name = text + 2, *equals = strchr(name, '=');
	size_t length = equals ? (size_t)(equals - name) : strlen(name);
	enum lx_option option = LX_OPTION_COUNT;
	enum lx_status status = find_long(parser, name, length, &option);
	if (status != LX_OK)
		return status;
	const struct lx_option_row *row = &lx_option_rows[option];
	const char *shown = lx_arena_printf(parser->arena, "--%s", row->name);
	if (!row->argument) {
		if (equals) {
			lx_fail(parser->fail, LX_USAGE, "L0202", "option '%s' takes no argument", shown);
			help_options(parser, NULL);
			return LX_USAGE;
		}
		add(parser, option, NULL);
		return LX_OK;
	}
	if (equals) {
		add(parser, option, equals + 1);
		return LX_OK;
	}
	if (parser->next >= parser->argc)
		return missing_argument(parser, shown, row->argument);
	add(parser, option, parser->argv[parser->next++]);
	return LX_OK;
}

static enum lx_option find_letter(const struct parser *parser, char letter)
{
	enum lx_option found = LX_OPTION_COUNT;
	for (unsigned i = 0; i < LX_OPTION_COUNT; i++) {
		if (lx_option_rows[i].letter != letter || !is_accepted((enum lx_option)i, parser->options->command))
			continue;
		if (found == LX_OPTION_COUNT || lx_option_belongs((enum lx_option)i, parser->options->command))
			found = (enum lx_option)i;
	}
	return found;
}

/* -v, -vv, -mTEXT, -m TEXT */
static enum lx_status parse_short(struct parser *parser, const char *text)
{
	for (const char *letter = text + 1; *letter; letter++) {
		enum lx_option option = find_letter(parser, *letter);
		if (option == LX_OPTION_COUNT) {
			lx_fail(parser->fail, LX_USAGE, "L0201", "unknown option '-%.*s'",
				(unsigned char)*letter < 0x80 ? 1 : (int)strlen(letter), letter);
			help_options(parser, NULL);
			return LX_USAGE;
		}
		const char *argument = lx_option_rows[option].argument;
		if (!argument) {
			add(parser, option, NULL);
			continue;
		}
		if (letter[1])
			add(parser, option, letter + 1);
		else if (parser->next < parser->argc)
			add(parser, option, parser->argv[parser->next++]);
		else
			return missing_argument(parser, lx_arena_printf(parser->arena, "-%c", *letter), argument);
		return LX_OK;
	}
	return LX_OK;
}

static enum lx_status parse_operand(struct parser *parser, const char *text)
{
	struct lx_options *options = parser->options;
	if (options->command == LX_COMMAND_COUNT) {
		options->command = lx_command_find(text);
		return options->command == LX_COMMAND_COUNT ? lx_command_unknown(text, parser->fail) : LX_OK;
	}
	/* a copy: passwords in argv are blanked out */
	lx_vec_push(parser->arena, &options->operands, lx_arena_string(parser->arena, text));
	return LX_OK;
}

static enum lx_status check_operands(const struct parser *parser)
{
	const struct lx_options *options = parser->options;
	if (options->command == LX_COMMAND_COUNT || options->count[LX_OPTION_HELP] || options->count[LX_OPTION_VERSION])
		return LX_OK;
	const struct lx_command_row *row = &lx_commands[options->command];
	size_t given = options->operands.length;
	if (given >= row->least && given <= row->greatest)
		return LX_OK;
	if (given < row->least)
		lx_fail(parser->fail, LX_USAGE, "L0202", "'lexo %s' needs %s", row->word, row->operands);
	else
		lx_fail(parser->fail, LX_USAGE, "L0202", "'lexo %s' does not take '%s'", row->word,
			(const char *)options->operands.items[row->greatest]);
	lx_fail_help(parser->fail, "usage: lexo %s [OPTION…]%s%s", row->word, row->operands[0] ? " " : "",
		     row->operands);
	return LX_USAGE;
}

enum lx_status lx_options_parse(struct lx_arena *arena, struct lx_options *options, int argc, char *const *argv,
				struct lx_fail *fail)
{
	struct parser parser = {arena, options, argc, argv, 1, fail};
	bool only_operands = false;
	*options = (struct lx_options){.command = LX_COMMAND_COUNT};
	while (parser.next < argc) {
		char *text = argv[parser.next++];
		bool is_number = text[0] == '-' && text[1] >= '0' && text[1] <= '9';
		if (options->command != LX_COMMAND_COUNT && lx_commands[options->command].greedy &&
		    options->operands.length >= lx_commands[options->command].greedy)
			only_operands = true;
		enum lx_status status = LX_OK;
		if (!only_operands && strcmp(text, "--") == 0)
			only_operands = true;
		else if (only_operands || text[0] != '-' || !text[1] || is_number)
			status = parse_operand(&parser, text);
		else
			status = text[1] == '-' ? parse_long(&parser, text) : parse_short(&parser, text);
		if (status != LX_OK)
			return status;
	}
	return check_operands(&parser);
}
