// Command muster walks responders through an incident, step by step, and keeps the
// incident log. See the README for how to use it, and package muster/state for
// what it keeps.
package main

import "os"

func main() { os.Exit(run(interruptible(), newEnv(), os.Args[1:])) }
