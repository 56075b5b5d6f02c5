package terminal

import (
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// means is what a terminal can do beside drawing, as far as it has said so: by its name.
// One that has said nothing is sent nothing but a bell, since some show what they do not
// know as text, or as a notification that means nothing.
type means struct {
	notify   func(title, text string) string // a notification on the desktop; nil: it has none
	progress bool                            // how far something is, in the tab or the task bar
}

// Three forms of one thing: kitty's own, that of rxvt-unicode, and that of iTerm2.
func notify99(title, text string) string {
	return ansi.DesktopNotification(title, "i=muster", "d=0", "p=title") + ansi.DesktopNotification(text, "i=muster", "d=1", "p=body")
}

func notify777(title, text string) string {
	return "\x1b]777;notify;" + strings.ReplaceAll(title, ";", ",") + ";" + text + "\x07"
}

func notify9(title, text string) string { return ansi.Notify(title + ": " + text) }

// meansOf is what the terminal of this name can do. The names are those with which it
// answers XTVERSION, or which it puts into TERM or TERM_PROGRAM.
func meansOf(name string) means {
	name = strings.ToLower(name)
	if version, is := strings.CutPrefix(name, "vte("); is {
		return ofVTE(strings.TrimSuffix(version, ")"))
	}
	for _, known := range []struct {
		name string
		means
	}{
		{"kitty", means{notify: notify99}},
		{"foot", means{notify: notify777}},
		{"ghostty", means{notify: notify777, progress: true}},
		{"wezterm", means{notify: notify777}},
		{"rxvt-unicode", means{notify: notify777}},
		{"iterm", means{notify: notify9}},
		{"mintty", means{progress: true}},
	} {
		if strings.Contains(name, known.name) {
			return known.means
		}
	}
	return means{}
}

// firstProgress is the version of VTE, as VTE_VERSION has it, from which on terminals
// made with it show progress.
const firstProgress = 7900

func ofVTE(version string) means {
	n, _ := strconv.Atoi(version)
	return means{progress: n >= firstProgress}
}

// meansIn is what the environment says of the terminal. Within tmux or GNU screen it
// speaks of the terminal around those, which they keep for themselves.
func meansIn(env uv.Environ) means {
	term := env.Getenv("TERM")
	if strings.HasPrefix(term, "tmux") || strings.HasPrefix(term, "screen") || env.Getenv("TMUX") != "" || env.Getenv("STY") != "" {
		return means{}
	}
	for _, name := range []string{env.Getenv("TERM_PROGRAM"), term} {
		if is := meansOf(name); is.notify != nil || is.progress {
			return is
		}
	}
	if env.Getenv("WT_SESSION") != "" || env.Getenv("ConEmuANSI") == "ON" {
		return means{progress: true}
	}
	return ofVTE(env.Getenv("VTE_VERSION"))
}

// inScreen reports whether the terminal is GNU screen, which hands a title on to the terminal
// around it and can put none back: none is set there. tmux within it can.
func inScreen(env uv.Environ) bool {
	term := env.Getenv("TERM")
	return strings.HasPrefix(term, "screen.") || env.Getenv("STY") != "" && !strings.HasPrefix(term, "tmux")
}
