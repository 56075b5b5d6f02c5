package widget

import "github.com/charmbracelet/x/ansi"

// Strip is drawn text without its styling.
func Strip(line string) string { return ansi.Strip(line) }
