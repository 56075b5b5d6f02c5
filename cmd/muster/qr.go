package main

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"rsc.io/qr"
)

// This file draws a command as a QR code, for a telephone that is to type it.

// quiet is how many light modules stand around a code; fewer, and some readers see none.
const quiet = 4

// qrOf draws a text as a QR code, two rows of modules a line, dark on light whatever the
// terminal's colours are; "" if it takes more cells than there are.
func qrOf(text string, width, height int) string {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return ""
	}
	size := code.Size + 2*quiet
	if size > width || (size+1)/2 > height {
		return ""
	}
	var b strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		b.WriteString("\x1b[38;5;16;48;5;231m")
		for x := -quiet; x < code.Size+quiet; x++ {
			upper, lower := code.Black(x, y), code.Black(x, y+1)
			switch {
			case upper && lower:
				b.WriteString("█")
			case upper:
				b.WriteString("▀")
			case lower:
				b.WriteString("▄")
			default:
				b.WriteString(" ")
			}
		}
		b.WriteString("\x1b[m\n")
	}
	return b.String()
}

// qrHere is the code if what is printed goes to a terminal that can show one; else "".
func qrHere(e *env, text string) string {
	file, ok := e.out.(*os.File)
	if !ok || !toTerminal(e) || !showsBlocks(e) {
		return ""
	}
	width, height, err := term.GetSize(file.Fd())
	if err != nil {
		return ""
	}
	return qrOf(text, width, height)
}

// showsBlocks reports whether the terminal has colours and speaks UTF-8, by what the person's
// environment and configuration say.
func showsBlocks(e *env) bool {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale == "" {
			locale = e.getenv(name)
		}
	}
	locale = strings.ToLower(strings.ReplaceAll(locale, "-", ""))
	named := e.getenv("TERM")
	return strings.Contains(locale, "utf8") && named != "" && named != "dumb" && named != "linux" &&
		e.getenv("NO_COLOR") == "" && !e.config.ASCII && !e.byLine()
}
