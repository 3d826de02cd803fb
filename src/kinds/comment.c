/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/comment.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

static bool is_control(char c)
{
	return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
}

static bool has_control(const char *text)
{
	while (*text && !is_control(*text))
		text++;
	return *text != 0;
}

/* As an escape string constant, so that no control character stands in the file. */
static void print_escaped(struct lx_printer *printer, const char *text)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	lx_buffer_string(&out, "E'");
	for (; *text; text++) {
		if (*text == '\n')
			lx_buffer_string(&out, "\\n");
		else if (*text == '\r')
			lx_buffer_string(&out, "\\r");
		else if (is_control(*text))
			lx_buffer_printf(&out, "\\x%02x", (unsigned char)*text);
		else if (*text == '\\' || *text == '\'')
			lx_buffer_printf(&out, "\\%c", *text);
		else
			lx_buffer_char(&out, *text);
	}
	lx_buffer_char(&out, '\'');
	lx_print_sql(printer, lx_buffer_text(&out));
	lx_buffer_free(&out);
}

void lx_comment_print(struct lx_printer *printer, const struct lx_object *object)
{
	if (!object->comment || lx_print_is_doc(object->comment))
		return;
	lx_print_text(printer, " @comment(");
	if (has_control(object->comment))
		print_escaped(printer, object->comment);
	else
		lx_print_string(printer, object->comment);
	lx_print_text(printer, ")");
}

/* --- reading -------------------------------------------------------------------------------------------------------
 */

/* The character behind a backslash (PostgreSQL documentation, 4.1.2.2); AT moves to its last byte. */
static char unescape(const char **at)
{
	static const char letters[] = "bfnrt", characters[] = "\b\f\n\r\t";
	const char *found = strchr(letters, **at);
	if (**at != 'x' || !strchr("0123456789abcdefABCDEF", (*at)[1]))
		return found ? characters[found - letters] : **at;
	char digits[3] = {(*at)[1], 0, 0};
	(*at)++;
	if ((*at)[1] && strchr("0123456789abcdefABCDEF", (*at)[1]))
		digits[1] = *++*at;
	return (char)strtol(digits, NULL, 16);
}

/* E'…' to its text in OUT.  False: it is something else. */
static bool decode(struct lx_buffer *out, const char *sql)
{
	if ((*sql != 'E' && *sql != 'e') || sql[1] != '\'')
		return false;
	for (sql += 2; *sql; sql++) {
		if (*sql == '\\' && sql[1]) {
			sql++;
			lx_buffer_char(out, unescape(&sql));
			continue;
		}
		if (*sql == '\'' && *++sql != '\'')
			return !*sql;
		lx_buffer_char(out, *sql);
	}
	return false;
}

void lx_comment_read(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object)
{
	const struct lx_node *node = annotation->items ? annotation->items->first : NULL;
	struct lx_buffer text = LX_BUFFER_INIT;
	bool is_only = node && !node->next;
	if (is_only && node->kind == LX_NODE_STRING) {
		object->comment = lx_declare_intern(declare, node);
	} else if (is_only && node->kind == LX_NODE_SQL && decode(&text, node->text)) {
		object->comment = lx_schema_intern(declare->schema, lx_buffer_text(&text), text.length);
	} else {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0208, annotation->span, "@comment has a wrong argument");
		lx_diag_help(declare->diags, diag, "write @comment('text') or @comment(`E'text\\n'`)");
	}
	lx_buffer_free(&text);
}
