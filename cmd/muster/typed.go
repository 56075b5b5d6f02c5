package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// This file reads texts that stand on standard input.

// texts are the flags whose text may be read from standard input, as "-".
const texts = "note why text override title shutdown restore"

// textArgument is which argument of a command is a text, by its usage, which - stands for; 0
// if it takes none there.
func textArgument(cmd *cobra.Command) int {
	words := strings.Fields(cmd.Use)
	switch last := len(words) - 1; strings.Trim(words[last], "[]…") {
	case "TEXT", "TITLE", "NOTE", "SUMMARY":
		return last
	}
	return 0
}

// takeTyped puts the text on standard input into the flag, or into the argument of a
// command that takes a text there, that was given as "-".
func takeTyped(e *env, cmd *cobra.Command, given []string) error {
	var places []func(text string) error
	if n := textArgument(cmd); n > 0 && len(given) == n && given[n-1] == "-" {
		places = append(places, func(text string) error { given[n-1] = text; return nil })
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if hasWord(texts, f.Name) && f.Value.String() == "-" {
			places = append(places, f.Value.Set)
		}
	})
	switch len(places) {
	case 0:
		return nil
	case 1:
	default:
		return usagef("%s: standard input is asked for by %d texts: it has only one", cmd.CommandPath(), len(places))
	}
	text, err := readText(e, "-")
	if err != nil {
		return err
	}
	text = strings.TrimRight(text, "\r\n")
	if strings.TrimSpace(text) == "" {
		return hint(errors.New("there is no text on standard input"), "Nothing was done. Give one: echo TEXT | %s … -", cmd.CommandPath())
	}
	for i, arg := range e.args { // if it is not saved, it is said as it can be typed again
		if before, is := strings.CutSuffix(arg, "-"); is && (before == "" || strings.HasPrefix(before, "-") && strings.HasSuffix(before, "=")) {
			e.args = slices.Clone(e.args)
			e.args[i] = before + text
			break
		}
	}
	return places[0](text)
}

// withTyped lets every command that records take its texts from standard input; those
// named take their argument from there, too.
func withTyped(e *env, cmd *cobra.Command) {
	for _, below := range cmd.Commands() {
		withTyped(e, below)
	}
	if run := cmd.RunE; run != nil {
		cmd.RunE = func(cmd *cobra.Command, given []string) error {
			if err := takeTyped(e, cmd, given); err != nil {
				return err
			}
			return run(cmd, given)
		}
	}
}
