package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
)

func evidenceGetCommand(e *env) *cobra.Command {
	var to string
	var force bool
	cmd := &cobra.Command{
		Use: "get SHA256", Short: "Write a file out that was kept beside the log", Args: arguments(1, 1),
		Long: `Write a file out that was kept beside the log, by its SHA-256 or the first 8 digits of it or
more. What is written is what was recorded, or an error says so.`,
		Example: "  muster evidence get 5891b5b522d5 -o dump.txt\n  ssh box evidence get 5891b5b522d5 > dump.txt",
		RunE: func(cmd *cobra.Command, args []string) error {
			return getEvidence(cmd.Context(), e, args[0], to, force)
		},
	}
	cmd.Flags().StringVarP(&to, "output", "o", "-", "the file to write; - for standard output")
	cmd.Flags().BoolVar(&force, "force", false, "replace the file if it is there")
	return cmd
}

func getEvidence(ctx context.Context, e *env, digits, to string, force bool) error {
	s, err := e.open(ctx, "", true)
	if err != nil {
		return err
	}
	defer s.Close()
	sum, err := recordedFile(s.Incident(), digits)
	if err != nil {
		return err
	}
	if to == "-" && toTerminal(e) {
		return usage(hint(errors.New("a file of bytes is nothing for a terminal"), "Give the file to write with -o FILE."))
	}
	file, err := s.Evidence(ctx, sum)
	if errors.Is(err, state.ErrNoFile) {
		return hint(fmt.Errorf("the file %.12s… does not lie beside the log: %w", sum, err), "muster verify lists the files that are missing.")
	}
	if err != nil {
		return err
	}
	defer file.Close()
	write := func(w io.Writer) error { _, err := io.Copy(w, file); return err }
	if to == "-" {
		return write(e.out)
	}
	return writeFileBy(e, to, force, write)
}

// recordedFile is the file that entries of the incident record and whose hash begins so.
// What lies beside the log and is in no entry, as a drill's script, is not given out.
func recordedFile(inc *state.Incident, digits string) (state.Hash, error) {
	digits = strings.ToLower(strings.TrimSpace(digits))
	if len(digits) < 8 || len(digits) > 64 || strings.Trim(digits, "0123456789abcdef") != "" {
		return state.Hash{}, usage(hint(fmt.Errorf("%q is not a SHA-256", clean.Line(digits)), "Give its 64 hexadecimal digits, or the first 8 of them or more: muster log shows the first 12."))
	}
	var found []state.Hash
	for i := range inc.Log {
		for _, file := range state.FilesOf(inc.Log[i]) {
			if strings.HasPrefix(file.SHA256.String(), digits) && (len(found) == 0 || found[len(found)-1] != file.SHA256) {
				found = append(found, file.SHA256)
			}
		}
	}
	switch {
	case len(found) == 0:
		return state.Hash{}, hint(fmt.Errorf("no entry records a file with the hash %s", digits), "muster log shows the hashes of all files.")
	case len(found) > 1 && found[0] != found[len(found)-1]:
		return state.Hash{}, usage(hint(fmt.Errorf("several files have a hash that begins with %s", digits), "Give more of its digits."))
	}
	return found[0], nil
}
