package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/tui"
	"muster/tui/widget"
)

// A config is the person's config.toml. Everything in it is optional.
type config struct {
	Name     string              `toml:"name"`           // who acts
	Org      string              `toml:"org"`            // the default for a runbook's input of this id
	State    string              `toml:"state"`          // the folder that holds incidents
	AnyDisk  bool                `toml:"any_filesystem"` // write there whatever file system it is on
	Runbooks string              `toml:"runbooks"`       // the folder with the person's own runbooks
	Theme    string              `toml:"theme"`
	ASCII    bool                `toml:"ascii"`
	Mouse    *bool               `toml:"mouse"`
	Keys     map[string][]string `toml:"keys"`
	Channels []fileChannel       `toml:"channel"` // taken out as soon as it is read
}

// readConfig reads the configuration, if there is one. A file that was named on
// the command line must be there.
func (e *env) readConfig() error {
	path, named := e.flags.config, e.flags.config != ""
	if !named {
		dir := e.configDir()
		if dir == "" {
			return nil
		}
		path = filepath.Join(dir, "config.toml")
	}
	if path == os.DevNull {
		return nil // without any
	}
	data, err := readBounded(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return nil
	case err != nil:
		return hint(err, "Write it, or leave --config out.")
	}
	e.configPath = path
	problems := runbooks.DecodeStrict(path, data, &e.config)
	takeChannels(e)
	if err := withoutSecrets(problems).Err(); err != nil {
		return hint(err, "Mend it, or go on without it for now: --config %s", os.DevNull)
	}
	return nil
}

// noConfig is for commands that work whatever the configuration says: those one
// mends it by.
func noConfig(*cobra.Command, []string) error { return nil }

// checkScreens checks what the configuration says of the screens, before they are
// shown: no note is held up by a wrong key.
func checkScreens(e *env) error {
	if names := widget.ThemeNames(); e.config.Theme != "" && e.config.Theme != "auto" && !slices.Contains(names, e.config.Theme) {
		return hint(fmt.Errorf("%s: there is no theme %q", e.configPath, e.config.Theme), "The themes are auto, %s. To go on without the file for now: --config %s", strings.Join(names, ", "), os.DevNull)
	}
	if err := tui.CheckKeys(e.config.Keys); err != nil {
		return hint(err, "See muster keys for the names of all actions, and %s for the table. To go on without the file for now: --config %s", e.configPath, os.DevNull)
	}
	return nil
}

// screenOptions are the options of the screens.
func screenOptions(e *env, person string) tui.Options {
	return tui.Options{
		Person: person, Keys: e.config.Keys, Theme: e.config.Theme,
		ASCII:   e.config.ASCII || e.getenv("TERM") == "linux" && e.getenv("LANG") == "C",
		NoColor: e.getenv("NO_COLOR") != "" || e.getenv("TERM") == "dumb",
		NoMouse: e.config.Mouse != nil && !*e.config.Mouse,
		World:   screensWorld{newReach(e), e}, Editor: screensEditor(e),
	}
}
