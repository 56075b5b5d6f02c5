//go:build !linux || !(amd64 || arm64)

package main

// programs are what this test can be run as.
func programs() map[string]func() { return map[string]func(){"muster": main} }
