/* SPDX-License-Identifier: Apache-2.0 */
#include "fmt/writer.h"

bool lx_fmt_has_comment(const struct lx_fmt *fmt, struct lx_span span)
{
	size_t low = 0, high = fmt->file->comment_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (fmt->file->comments[middle].span.start < span.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < fmt->file->comment_count && fmt->file->comments[low].span.start < span.end;
}

void lx_fmt_add_comment(struct lx_fmt *fmt, const struct lx_comment *comment)
{
	lx_buffer_add(fmt->out, fmt->source + comment->span.start, comment->span.end - comment->span.start);
	fmt->comment++;
}

const struct lx_comment *lx_fmt_next_comment(const struct lx_fmt *fmt, uint32_t limit)
{
	if (fmt->is_dry || fmt->comment >= fmt->file->comment_count)
		return NULL;
	const struct lx_comment *comment = &fmt->file->comments[fmt->comment];
	return comment->span.start < limit ? comment : NULL;
}

bool lx_fmt_comments(struct lx_fmt *fmt, uint32_t limit, int indent)
{
	bool is_any = false;
	for (const struct lx_comment *comment; (comment = lx_fmt_next_comment(fmt, limit)); is_any = true) {
		if (comment->is_own_line || is_any)
			lx_fmt_newline(fmt, indent);
		else
			lx_buffer_string(fmt->out, "  ");
		lx_fmt_add_comment(fmt, comment);
	}
	return is_any;
}

void lx_fmt_trailing_comment(struct lx_fmt *fmt, uint32_t limit)
{
	const struct lx_comment *comment = lx_fmt_next_comment(fmt, limit);
	if (!comment || comment->is_own_line)
		return;
	lx_buffer_string(fmt->out, "  ");
	lx_fmt_add_comment(fmt, comment);
}
