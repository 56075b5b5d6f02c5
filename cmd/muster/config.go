package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"muster/runbooks"
	"muster/tui"
	"muster/tui/widget"
)

// A config is the person's config.toml. Everything in it is optional.
type config struct {
	Name     string              `toml:"name"`     // who acts
	Org      string              `toml:"org"`      // the default for a runbook's input of this id
	State    string              `toml:"state"`    // the folder that holds incidents
	Runbooks string              `toml:"runbooks"` // the folder with the person's own runbooks
	Theme    string              `toml:"theme"`
	ASCII    bool                `toml:"ascii"`
	Mouse    *bool               `toml:"mouse"`
	Keys     map[string][]string `toml:"keys"`
	Channels []fileChannel       `toml:"channel"` // taken out as soon as it is read
}

// maxConfig bounds the configuration's size, in bytes.
const maxConfig = 1 << 20

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
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil
	}
	if err != nil {
		return hint(err, "Write it, or leave --config out.")
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxConfig))
	if err != nil {
		return err
	}
	if err := runbooks.DecodeStrict(path, data, &e.config).Err(); err != nil {
		return err
	}
	if names := widget.ThemeNames(); e.config.Theme != "" && e.config.Theme != "auto" && !slices.Contains(names, e.config.Theme) {
		return hint(fmt.Errorf("%s: there is no theme %q", path, e.config.Theme), "The themes are auto, %s.", strings.Join(names, ", "))
	}
	if err := e.takeChannels(); err != nil {
		return err
	}
	if err := tui.CheckKeys(e.config.Keys); err != nil {
		return hint(err, "See muster keys for the names of all actions, and %s for the table.", path)
	}
	return nil
}

// screens are the options of the screens.
func (e *env) screens(person string) tui.Options {
	return tui.Options{
		Person: person, Keys: e.config.Keys, Theme: e.config.Theme,
		ASCII:   e.config.ASCII || e.getenv("TERM") == "linux" && e.getenv("LANG") == "C",
		NoColor: e.getenv("NO_COLOR") != "" || e.getenv("TERM") == "dumb",
		NoMouse: e.config.Mouse != nil && !*e.config.Mouse,
	}
}
