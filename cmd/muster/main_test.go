package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts run the real main, each in a folder of its own, with a home of its
// own and none of the variables of whoever runs the test. Ada is the one who acts.
func TestMain(m *testing.M) {
	testscript.Main(m, programs())
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		Setup:              setup,
		Condition:          condition,
		RequireUniqueNames: true,
		ContinueOnError:    true, // every failure at once
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit":   exitCommand,
			"keep":   keepCommand,
			"json":   jsonCommand,
			"until":  untilCommand,
			"tamper": tamperCommand,
			"put":    putCommand,
			"change": changeCommand,
			"add":    addCommand,
			"cut":    cutCommand,
		},
	})
}

func setup(e *testscript.Env) error {
	home := filepath.Join(e.WorkDir, "home")
	e.Setenv("HOME", home)
	e.Setenv("MUSTER_AS", "Ada")
	e.Setenv("MUSTER_TERMINAL", noTerminal)
	e.Setenv("TZ", "UTC")
	e.Setenv("LOGS", filepath.Join(home, ".local", "state", "muster", "incidents"))
	return os.MkdirAll(home, 0o700)
}

// condition knows [root]: whoever may write everywhere.
func condition(name string) (bool, error) {
	if name == "root" {
		return os.Geteuid() == 0, nil
	}
	return false, fmt.Errorf("there is no condition %q", name)
}

// exit CODE COMMAND…: the command ends with this exit code. What fails says why on
// standard error; what succeeds says nothing there.
func exitCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE COMMAND [ARG…]")
	}
	code := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// keep NAME: the last standard output, trimmed, becomes the variable.
func keepCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 1, 1)
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// change FILE OLD NEW: the first OLD in the file becomes NEW, behind muster's back.
func changeCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 3, 3)
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	write(ts, args[0], strings.Replace(text, args[1], args[2], 1))
}

// add FILE TEXT: text is put behind the file's end, as it is.
func addCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 2, 2)
	write(ts, args[0], ts.ReadFile(args[0])+args[1])
}

// cut FILE N: the file's last N lines are cut off.
func cutCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 2, 2)
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	lines := strings.SplitAfter(ts.ReadFile(args[0]), "\n")
	write(ts, args[0], strings.Join(lines[:len(lines)-1-n], ""))
}

// put FILE TEXT: the file's text becomes this, with \xNN, \n and the like read as in
// Go.
func putCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 2, 2)
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	write(ts, args[0], text)
}

func write(ts *testscript.TestScript, name, text string) {
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
}

func takes(ts *testscript.TestScript, neg bool, args []string, least, most int) {
	if neg || len(args) < least || len(args) > most {
		ts.Fatalf("wrong use: %d arguments", len(args))
	}
}
