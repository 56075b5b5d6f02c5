package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/export"
)

func certifyCommand(e *env) *cobra.Command {
	var to string
	var force bool
	cmd := &cobra.Command{
		Use: "certify [INCIDENT|FILE]", Short: "Draft the statement by which somebody vouches for the log", Args: arguments(0, 1),
		Long: `Write a draft of the statement that a court may ask for: which log, with which hashes and
head, by which program and machines, how it is made and who made entries. What the log says
is filled in; what only a person knows is left blank, and so is the signature. Read it before
you sign it: in US federal courts it is meant for Rule 902(13) and (14); ask counsel.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return certify(cmd.Context(), e, optional(args), to, force)
		},
	}
	cmd.Flags().StringVarP(&to, "output", "o", "-", "the file to write; - for standard output")
	cmd.Flags().BoolVar(&force, "force", false, "replace the file if it is there")
	return cmd
}

func certify(ctx context.Context, e *env, id, to string, force bool) error {
	s, err := e.open(ctx, id, true)
	if err != nil {
		return err
	}
	defer s.Close()
	lines, err := s.Lines(ctx)
	if err != nil {
		return err
	}
	c := export.Certified{Incident: s.Incident(), Options: export.Options{Program: program()}}
	sum := sha256.New()
	for line, err := range lines {
		if err != nil {
			break // where the log is damaged the statement says
		}
		sum.Write(line)
		sum.Write([]byte{'\n'})
		c.Bytes += int64(len(line)) + 1
	}
	c.SHA256 = state.Hash(sum.Sum(nil))
	errors.As(s.Writable(), &c.Options.Damage)
	var text bytes.Buffer
	if err := export.WriteStatement(&text, c); err != nil {
		return err
	}
	if to == "-" {
		_, err = e.out.Write(text.Bytes())
	} else {
		err = writeFile(e, to, text.Bytes(), force)
	}
	if err == nil && c.Options.Damage != nil {
		return c.Options.Damage
	}
	return err
}
