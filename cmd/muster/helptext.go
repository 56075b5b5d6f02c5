package main

import (
	"cmp"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/tui/widget"
)

// This file draws what --help says, for the width there is.

// The width of a help: no wider than is read with ease.
const (
	usualWidth = 80
	mostWidth  = 100
)

// helpWidth is for how many columns help is drawn.
func helpWidth(e *env) int {
	width := usualWidth
	switch file, ok := e.out.(*os.File); {
	case e.visit != nil:
		width = cmp.Or(e.visit.Size.Width, usualWidth)
	case ok && term.IsTerminal(file.Fd()):
		if w, _, err := term.GetSize(file.Fd()); err == nil && w > 0 {
			width = w
		}
	default:
		if w, err := strconv.Atoi(e.getenv("COLUMNS")); err == nil && w > 0 {
			width = w
		}
	}
	return min(max(width, 40), mostWidth)
}

// A helpText is one help that is written.
type helpText struct {
	strings.Builder
	width int
	bold  bool
}

// writeHelp writes what a command is for, how it is called and what it takes.
func writeHelp(e *env, cmd *cobra.Command) {
	h := &helpText{width: helpWidth(e), bold: e.terminal && e.getenv("NO_COLOR") == "" && !movesNoCursor(e.getenv)}
	h.wrapped(cmp.Or(cmd.Long, capital(cmd.Short)), "")
	h.title("Usage")
	h.wrapped(cmd.UseLine(), "  ")
	if cmd.HasAvailableSubCommands() && !strings.Contains(cmd.Use, "command") {
		h.wrapped(cmd.CommandPath()+" COMMAND", "  ")
	}
	if cmd.HasExample() {
		h.title("Examples")
		h.verbatim(cmd.Example)
	}
	for _, g := range cmd.Groups() {
		h.commands(g.Title, cmd, g.ID)
	}
	h.commands(map[bool]string{true: "More", false: "Commands"}[len(cmd.Groups()) > 0], cmd, "")
	h.flags("Flags", cmd.LocalFlags(), cmd.InheritedFlags())
	if cmd.HasParent() {
		h.flags("Flags of every command", cmd.InheritedFlags(), nil)
	}
	_, _ = io.WriteString(e.out, h.String())
}

func (h *helpText) title(text string) {
	if h.bold {
		text = "\x1b[1m" + text + "\x1b[m"
	}
	h.WriteString("\n" + text + "\n")
}

// wrapped writes paragraphs. A line that is indented stands as it is.
func (h *helpText) wrapped(text, indent string) {
	for part := range strings.SplitSeq(text, "\n\n") {
		if h.Len() > 0 && indent == "" {
			h.WriteString("\n")
		}
		if strings.HasPrefix(part, " ") {
			h.verbatim(part)
			continue
		}
		for _, line := range widget.Wrap(strings.ReplaceAll(part, "\n", " "), h.width-len(indent)) {
			h.WriteString(strings.TrimRight(indent+line, " ") + "\n")
		}
	}
}

// verbatim writes lines that were laid out by hand. One that is too long hangs where its
// last column begins, or goes on before a flag, as a shell would read it.
func (h *helpText) verbatim(text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		for _, part := range h.broken(line) {
			h.WriteString(strings.TrimRight(part, " ") + "\n")
		}
	}
}

// broken is a line in as many as it needs.
func (h *helpText) broken(line string) []string {
	bare := strings.TrimLeft(line, " ")
	if utf8.RuneCountInString(line) <= h.width || bare == "" {
		return []string{line}
	}
	if at := strings.LastIndex(line, "  "); at > len(line)-len(bare) {
		column := utf8.RuneCountInString(line[:at+2])
		rest := widget.Wrap(line[at+2:], max(16, h.width-column))
		rest[0] = line[:at+2] + rest[0]
		for i := 1; i < len(rest); i++ {
			rest[i] = strings.Repeat(" ", column) + rest[i]
		}
		return rest
	}
	indent := line[:len(line)-len(bare)]
	var rows []string
	for row := line; ; {
		at := -1
		for i := range row {
			if strings.HasPrefix(row[i:], " --") && utf8.RuneCountInString(row[:i]) <= h.width-2 && strings.TrimSpace(row[:i]) != "" {
				at = i
			}
		}
		if at < 0 || utf8.RuneCountInString(row) <= h.width {
			return append(rows, row)
		}
		rows = append(rows, row[:at]+" \\")
		row = indent + "    " + row[at+1:]
	}
}

// A helpRow is something and what it is.
type helpRow struct{ name, text string }

// commands writes those of a group.
func (h *helpText) commands(title string, cmd *cobra.Command, group string) {
	var rows []helpRow
	for _, c := range cmd.Commands() {
		if c.GroupID == group && (c.IsAvailableCommand() || c.Name() == "help") {
			rows = append(rows, helpRow{c.Use, capital(c.Short)})
		}
	}
	h.table(title, rows)
}

// flags writes those that are not among others.
func (h *helpText) flags(title string, flags, others *pflag.FlagSet) {
	var rows []helpRow
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || others != nil && others.Lookup(f.Name) != nil {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		value, text := pflag.UnquoteUsage(f)
		switch {
		case value == "" || f.NoOptDefVal != "":
		case value == "int":
			name += " N"
		default:
			name += " TEXT"
		}
		if kind := f.Value.Type(); kind == "string" && f.DefValue != "" {
			text += " (else " + f.DefValue + ")"
		}
		rows = append(rows, helpRow{name, capital(text)})
	})
	h.table(title, rows)
}

// table writes rows in two columns. A name that is too long for its column has a line of
// its own.
func (h *helpText) table(title string, rows []helpRow) {
	if len(rows) == 0 {
		return
	}
	h.title(title)
	column := 0
	for _, r := range rows {
		if n := utf8.RuneCountInString(r.name); n <= h.width/3 {
			column = max(column, n)
		}
	}
	column = max(column, 16) + 4
	for _, r := range rows {
		lines := widget.Wrap(r.text, h.width-column)
		first := "  " + r.name
		if room := column - utf8.RuneCountInString(first); room >= 2 && len(lines) > 0 {
			first += strings.Repeat(" ", room) + lines[0]
			lines = lines[1:]
		}
		h.WriteString(first + "\n")
		for _, line := range lines {
			h.WriteString(strings.Repeat(" ", column) + line + "\n")
		}
	}
}

// capital returns a text that begins with a capital letter, but where a word is a name
// such as --since.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[min(size, len(text)):]
}

// unknownCommand refuses to help with a command that there is not.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") || slices.Contains([]string{"help", "man", "completion"}, args[0]) {
		return nil
	}
	if cmd, rest, err := root.Find(args); err != nil || cmd == root {
		return noArgs(root, rest)
	}
	return nil
}
