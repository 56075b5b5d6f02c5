package main

import (
	"context"
	"errors"
	"slices"

	"muster/state"
	"muster/state/serve"
)

// This file is who came over SSH: their key says who they are, and the machine's own
// files are out of their reach.

// visiting is what a run of the program knows of the visitor it is made for.
type visiting struct {
	*serve.Visit
	command string // what they gave: "log", "drill status"; "" for the screens
}

// guest is who acts, as the incident asks it.
func (v *visiting) guest() state.Guest {
	return state.Guest{Name: v.Person.Name, Key: v.Person.Fingerprint(), Access: v.Person.Access}
}

// errAway says that a file of the machine that serves is out of reach.
var errAway = hint(errors.New("files of the machine that serves are out of reach over SSH"),
	"Send what is to be read on standard input, as -, and keep what is printed: ssh … > FILE.")

// environ is what the screens are told of a visitor's terminal.
func (v *visiting) environ() []string {
	list := []string{"SSH_TTY=visit"}
	for name, value := range v.Environ {
		list = append(list, name+"="+value)
	}
	slices.Sort(list)
	return list
}

// terminalSizes hands the sizes of a visitor's terminal on until ctx ends.
func terminalSizes(ctx context.Context, sizes <-chan serve.Size, send func(width, height int)) {
	for {
		select {
		case <-ctx.Done():
			return
		case size := <-sizes:
			send(size.Width, size.Height)
		}
	}
}

var errObserves = hint(errors.New("you are here as an observer: nothing is recorded from your connection"), "Tell somebody who responds, or have whoever serves give your key another role.")
