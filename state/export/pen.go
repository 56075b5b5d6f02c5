package export

import "bufio"

// A pen draws what a report is made of, in one format. Texts are given to it as they
// stand in Markdown, by which the report is told; see [markdown].
type pen interface {
	// heading begins a section; id is what leads to it, "" for nothing.
	heading(level int, id string, text markdown)
	para(text markdown)
	// quote is a paragraph that must not be overlooked.
	quote(text markdown)
	item(depth int, text markdown)
	// table begins a table; name says to those who hear it what it holds.
	table(name markdown, columns []markdown)
	// row is a row of it; entries are those that it is of, and lead to it.
	row(entries []uint64, cells []markdown)
	// end ends a table or list.
	end()
	// code is a text whose lines stand as they are; language may be "".
	code(language, text string)
	// onto is the pen that goes on in the middle of a table, on another writer.
	onto(out *bufio.Writer) pen
}

// lineBreak is a line break within a text.
const lineBreak = "\\\n"
