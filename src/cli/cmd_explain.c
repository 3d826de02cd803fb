/* lexo explain: the tables of codes as text.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <strings.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "history/codes.h"

static void print_row(struct lx_cli *cli, const char *code, const char *title)
{
	lx_cli_print(cli, "%s  %s\n", code, title);
	lx_json_open_object(&cli->json);
	lx_json_key_string(&cli->json, "code", code);
	lx_json_key_string(&cli->json, "title", title);
	lx_json_close_object(&cli->json);
}

static void print_all(struct lx_cli *cli)
{
	size_t count;
	const struct lx_fail_code *rows = lx_fail_codes(&count);
	lx_json_key(&cli->json, "codes");
	lx_json_open_array(&cli->json);
	for (unsigned i = 0; i < LX_CODE_COUNT; i++)
		print_row(cli, lx_code_name((enum lx_code)i), lx_code_title((enum lx_code)i));
	for (size_t i = 0; i < count; i++)
		print_row(cli, rows[i].code, rows[i].title);
	lx_json_close_array(&cli->json);
}

enum { WIDTH = 100 };

/* One line's words behind those before, at COLUMN. */
static size_t add_words(struct lx_buffer *out, const char *line, size_t length, size_t column)
{
	for (size_t at = 0; at < length;) {
		size_t word = 0;
		while (at + word < length && line[at + word] != ' ')
			word++;
		if (column)
			lx_buffer_char(out, column + 1 + word > WIDTH ? '\n' : ' ');
		column = column && column + 1 + word <= WIDTH ? column + 1 + word : word;
		lx_buffer_add(out, line + at, word);
		at += word + 1;
	}
	return column;
}

void lx_explain_wrap(struct lx_buffer *out, const char *text)
{
	size_t column = 0;
	for (;;) {
		size_t length = strcspn(text, "\n");
		if (length && *text != ' ')
			column = add_words(out, text, length, column);
		else {
			if (column)
				lx_buffer_char(out, '\n');
			lx_buffer_add(out, text, length);
			lx_buffer_char(out, '\n');
			column = 0;
		}
		if (!text[length])
			break;
		text += length + 1;
	}
	if (column)
		lx_buffer_char(out, '\n');
}

static void print_one(struct lx_cli *cli, const char *code, const char *title, const char *explanation)
{
	lx_cli_print(cli, "%s: %s\n\n", code, title);
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_explain_wrap(&text, explanation);
	lx_cli_print_text(cli, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	lx_json_key_string(&cli->json, "code", code);
	lx_json_key_string(&cli->json, "title", title);
	lx_json_key_string(&cli->json, "explanation", explanation);
}

static enum lx_status unknown_code(struct lx_cli *cli, const char *word)
{
	size_t count;
	const struct lx_fail_code *rows = lx_fail_codes(&count);
	const char *names[LX_CODE_COUNT + 256];
	size_t n = 0;
	for (unsigned i = 0; i < LX_CODE_COUNT; i++)
		names[n++] = lx_code_name((enum lx_code)i);
	for (size_t i = 0; i < count && n < sizeof names / sizeof *names; i++)
		names[n++] = rows[i].code;
	const char *nearest = lx_nearest(word, names, n);
	lx_fail(&cli->fail, LX_USAGE, "L0202", "there is no code '%s'", word);
	if (nearest)
		lx_fail_help(&cli->fail, "did you mean '%s'? 'lexo explain' lists all", nearest);
	else
		lx_fail_help(&cli->fail, "'lexo explain' lists all");
	return LX_USAGE;
}

enum lx_status lx_command_explain(struct lx_cli *cli)
{
	if (!cli->options.operands.length) {
		print_all(cli);
		return LX_OK;
	}
	const char *word = cli->options.operands.items[0];
	enum lx_code code = lx_code_find(word);
	if (code != LX_CODE_COUNT) {
		print_one(cli, lx_code_name(code), lx_code_title(code), lx_code_explanation(code));
		return LX_OK;
	}
	const struct lx_fail_code *row = lx_fail_code_find(word);
	if (!row)
		return unknown_code(cli, word);
	print_one(cli, row->code, row->title, row->explanation);
	return LX_OK;
}
