/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/text_search/text_search.h"
#include "snapshot/printer.h"

static int compare(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(((const struct lx_token_mapping *)a)->token, ((const struct lx_token_mapping *)b)->token);
}

/* token (dictionary, …); dictionaries as SQL names them, in quotes when they are qualified. */
static void found_mapping(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item,
			  void *context)
{
	struct lx_text_search *configuration = context;
	struct lx_token_mapping *mapping = LX_NEW(declare->schema->arena, struct lx_token_mapping);
	struct lx_cursor inside;
	(void)item;
	const struct lx_node *token = lx_cursor_need_name(cursor, "a token type such as asciiword");
	const struct lx_node *group = token ? lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and dictionaries") : NULL;
	if (!group)
		return;
	mapping->token = lx_declare_intern(declare, token);
	lx_cursor_enter(&inside, declare->diags, group);
	do {
		const struct lx_node *name = lx_cursor_take(&inside, LX_NODE_STRING);
		if (!name)
			name = lx_cursor_need_name(&inside, "the name of a dictionary");
		if (!name)
			return;
		lx_vec_push(declare->schema->arena, &mapping->dictionaries,
			    (void *)(uintptr_t)lx_declare_intern(declare, name));
	} while (lx_cursor_take_punct(&inside, ','));
	lx_cursor_need_end(&inside, "the dictionaries");
	lx_cursor_need_end(cursor, "a token type");
	lx_vec_push(declare->schema->arena, &configuration->mappings, mapping);
}

/* text_search_configuration name @parser('default') { token (dictionary, …) } */
static void declare_text_search(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "text_search_configuration");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the configuration");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_TEXT_SEARCH, name, item, NULL);
	struct lx_text_search *configuration = (struct lx_text_search *)object;
	lx_attr_parse(declare, &cursor, object);
	const struct lx_node *block = lx_cursor_take(&cursor, LX_NODE_BRACE);
	if (block)
		lx_declare_each(declare, block, "a token type", found_mapping, configuration);
	lx_cursor_need_end(&cursor, "a configuration");
	lx_vec_sort(declare->schema->arena, &configuration->mappings, compare, NULL);
	lx_declare_add(declare, object);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_text_search *configuration = (const struct lx_text_search *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, "text_search_configuration ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_text(printer, configuration->mappings.length ? " {\n" : "\n");
	printer->indent++;
	LX_EACH (const struct lx_token_mapping *, mapping, &configuration->mappings) {
		lx_print_indent(printer);
		lx_print_name(printer, mapping->token);
		const char *separator = " (";
		LX_EACH (const char *, dictionary, &mapping->dictionaries) {
			lx_print_text(printer, separator);
			if (lx_print_is_word(dictionary))
				lx_print_text(printer, dictionary);
			else
				lx_print_string(printer, dictionary);
			separator = ", ";
		}
		lx_print_text(printer, ")\n");
	}
	printer->indent--;
	if (configuration->mappings.length)
		lx_print_text(printer, "}\n");
}

const struct lx_kind_source lx_text_search_source = {.declare = declare_text_search, .print = print};
