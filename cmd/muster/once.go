package main

import (
	"errors"

	"github.com/spf13/pflag"
)

// This file refuses a flag that is given twice.

// A single is a text that a flag gives, once: of two the first would go unheard.
type single struct {
	text  *string
	given bool
}

// once is a flag that may be given once. What the text is by now stays, if it is not.
func once(flags *pflag.FlagSet, text *string, name, short, usage string) {
	flags.VarP(&single{text: text}, name, short, usage)
}

// Set implements pflag.Value.
func (s *single) Set(text string) error {
	if s.given && text != *s.text {
		return errors.New("it is given twice; say which one is meant")
	}
	*s.text, s.given = text, true
	return nil
}

// String implements pflag.Value.
func (s *single) String() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Type implements pflag.Value.
func (*single) Type() string { return "string" }
