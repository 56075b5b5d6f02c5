package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// This file reads what is typed after a command. What is wrong there is wrong use.

// noArgs is for a command that takes none, or only the name of a command below it.
func noArgs(cmd *cobra.Command, args []string) error {
	return checkArgs(cmd, args, 0, 0)
}

// noFlag is the answer to a flag that a command does not have. Where a command below it was
// meant, and there is none of that name, that is what is wrong.
func noFlag(e *env, cmd *cobra.Command, err error) error {
	if word := verbMeant(e, cmd); word != "" && (cmd.ValidateArgs([]string{word}) != nil || len(near(cmd, word)) > 0) {
		return noCommand(cmd, word)
	}
	return usage(hint(err, "%s has the flags.", helpOf(cmd)))
}

// verbMeant is the word that was given where a command below one could be named; "" if none was.
func verbMeant(e *env, cmd *cobra.Command) string {
	_, words, err := cmd.Root().Find(e.args)
	if err != nil || !cmd.HasSubCommands() {
		return ""
	}
	value := false // the word belongs to a flag that is not known
	for _, word := range words {
		switch {
		case strings.HasPrefix(word, "-"):
			name := strings.TrimLeft(word, "-")
			value = !strings.Contains(name, "=") && cmd.Flag(name) == nil
		case !value:
			return word
		default:
			value = false
		}
	}
	return ""
}

func noCommand(cmd *cobra.Command, word string) error {
	return usage(hint(fmt.Errorf("there is no command %s %s", cmd.CommandPath(), word), "%s", suggest(cmd, word)))
}

// arguments is for a command that takes so many; most is -1 for any number.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, given []string) error { return checkArgs(cmd, given, least, most) }
}

func checkArgs(cmd *cobra.Command, given []string, least, most int) error {
	if err := noBlanks(cmd, given); err != nil {
		return err
	}
	wrong, quotes := "", ""
	switch {
	case most == 0 && len(given) > 0 && cmd.HasSubCommands():
		return noCommand(cmd, given[0])
	case len(given) < least:
		wrong = "something is missing"
	case most > 0 && len(given) > most:
		wrong, quotes = fmt.Sprintf("%q is too much", given[most]), "; a text of several words goes in quotes"
	case most == 0 && len(given) > 0:
		wrong = fmt.Sprintf("%q is too much", given[0])
	default:
		return nil
	}
	_, takes, _ := strings.Cut(cmd.Use, " ")
	return usage(hint(fmt.Errorf("%s: %s", cmd.CommandPath(), wrong), "Write %s%s.", strings.TrimSpace(cmd.CommandPath()+" "+takes), quotes))
}

// noBlanks refuses arguments and flags that were given and are empty: nearly always a
// variable of a script that is not set, so that the command would do something else than
// was meant.
func noBlanks(cmd *cobra.Command, given []string) error {
	for i, arg := range given {
		if strings.TrimSpace(arg) == "" {
			return blank(cmd, fmt.Sprintf("argument %d", i+1))
		}
	}
	var wrong error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if isEmpty(f.Value) && wrong == nil {
			wrong = blank(cmd, "--"+f.Name)
		}
	})
	return wrong
}

func blank(cmd *cobra.Command, what string) error {
	return usage(hint(fmt.Errorf("%s: %s is empty", cmd.CommandPath(), what), "Give it a value, or leave it out. If a variable should have the value, that is not set."))
}

// isEmpty reports whether a flag of text has none, or one of several has none.
func isEmpty(value pflag.Value) bool {
	if list, ok := value.(pflag.SliceValue); ok {
		all := list.GetSlice()
		for _, one := range all {
			if strings.TrimSpace(one) == "" {
				return true
			}
		}
		return len(all) == 0
	}
	return value.Type() == "string" && strings.TrimSpace(value.String()) == ""
}

func suggest(cmd *cobra.Command, word string) string {
	all := "See " + helpOf(cmd) + " for all of them."
	if near := near(cmd, word); len(near) > 0 {
		return "Did you mean " + strings.Join(near, " or ") + "? " + all
	}
	return all
}

// near are the commands below one that a word may mean, each as it is typed behind muster.
func near(cmd *cobra.Command, word string) []string {
	cmd.SuggestionsMinimumDistance = 2 // letters that may be wrong
	names := cmd.SuggestionsFor(word)
	for i, name := range names {
		names[i] = strings.TrimSpace(wordsOf(cmd) + " " + name)
	}
	return names
}

// helpOf is the command that shows a command's help.
func helpOf(cmd *cobra.Command) string {
	return strings.Replace(cmd.CommandPath(), "muster", "muster help", 1)
}

// optional is the first argument, or "".
func optional(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// pairs reads ID=VALUE arguments.
func pairs(given []string) (map[string]string, error) {
	values := make(map[string]string, len(given))
	for _, text := range given {
		id, value, ok := strings.Cut(text, "=")
		if !ok || id == "" {
			return nil, usagef("%q is not of the form ID=VALUE", text)
		}
		if _, twice := values[id]; twice {
			return nil, usagef("%s is given twice", id)
		}
		values[id] = value
	}
	return values, nil
}

// firstNumber is the first argument as a number from 1.
func firstNumber(args []string) (uint64, error) {
	text := optional(args)
	n, err := strconv.ParseUint(text, 10, 53)
	if err != nil || n == 0 {
		return 0, usagef("a number from 1 should stand where %q does", text)
	}
	return n, nil
}

func hasWord(words, word string) bool { return slices.Contains(strings.Fields(words), word) }

// wordsOf is what is typed for a command, behind muster.
func wordsOf(cmd *cobra.Command) string {
	_, path, _ := strings.Cut(cmd.CommandPath(), " ")
	return path
}
