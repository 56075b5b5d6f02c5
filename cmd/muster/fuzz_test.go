package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzConfig: a configuration is read, or refused with its name in the error.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		"", "name = \"Ada\"\ntheme = \"dark\"\nascii = true\n[keys]\nskip = [\"S\"]\n", "theme = \"no\"", "[keys]\nno = [\"x\"]", "[keys]\nskip = 3",
		"name = [[[[[[[[", "[channel.web]\nkind = \"webhook\"\nurl = \"https://example.org/\"\n", "\x00", "\xff\xfe",
	} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, "config.toml")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		e := newEnv()
		e.flags.config = path
		err := e.readConfig()
		if err == nil {
			err = checkScreens(e)
		}
		if err != nil && !strings.Contains(sayError(err), "config.toml") {
			t.Errorf("the error does not say where: %v", err)
		}
	})
}
