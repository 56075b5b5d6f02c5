package main

import (
	_ "embed"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/state/view"
)

// licences are the terms of everything that is linked into the program, which must go
// with it. A test compares them with the modules'.
//
//go:embed licences.txt
var licences string

func versionCommand(e *env) *cobra.Command {
	withLicences := false
	cmd := &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArgs,
		PersistentPreRunE: e.noConfig,
		RunE: func(*cobra.Command, []string) error {
			v := view.Program{Version: version(), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Static: isStatic()}
			if withLicences {
				v.Licences = licences
			}
			return e.print(v, func() error {
				if withLicences {
					_, err := io.WriteString(e.out, licences)
					return err
				}
				if _, err := fmt.Fprintf(e.out, "muster %s, %s, %s\n", v.Version, v.Go, v.System); err != nil || v.Static {
					return err
				}
				_, err := fmt.Fprintln(e.out, "static: no: it needs this system's C library. Built with CGO_ENABLED=0 it needs nothing")
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&withLicences, "licences", false, "print what the program is made of, and its licences")
	return cmd
}

// isStatic reports whether the program was built to need no library of the system's. With
// a C compiler at hand Go links the one through which the system looks up names, unless
// told not to; nothing in a module can tell it.
func isStatic() bool {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return false
	}
	set := make(map[string]string)
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	tags := strings.Split(set["-tags"], ",")
	return set["CGO_ENABLED"] == "0" || slices.Contains(tags, "netgo") && slices.Contains(tags, "osusergo")
}
