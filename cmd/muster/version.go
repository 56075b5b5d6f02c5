package main

import (
	_ "embed"
	"fmt"
	"io"
	"runtime"

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
		PersistentPreRunE: noConfig,
		RunE: func(*cobra.Command, []string) error {
			v := view.Program{Version: version(), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
			if withLicences {
				v.Licences = licences
			}
			return e.print(v, func() error {
				if withLicences {
					_, err := io.WriteString(e.out, licences)
					return err
				}
				_, err := fmt.Fprintf(e.out, "muster %s, %s, %s\n", v.Version, v.Go, v.System)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&withLicences, "licences", false, "print what the program is made of, and its licences")
	return cmd
}
