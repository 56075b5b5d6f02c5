//go:build !unix

package session

// terminal is "": a terminal has no name here that another process could not have, too.
// MUSTER_TERMINAL can give it one.
func terminal() (name, login string) { return "", "" }
