package plain_test

import (
	"strings"
	"testing"

	"muster/tui"
	"muster/tui/tuitest"
)

// TestWhatCanBeDoneIsSaid: “?” lists what can be done here with a word each, “? all” also
// what cannot, and why; a word after it, those with the word.
func TestWhatCanBeDoneIsSaid(t *testing.T) {
	const numbers = "A number of the list goes to that line, and so does 1.3 of a step;"
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "here", Lines: "?", Want: []string{numbers, "Everywhere: timer, witness, who, ", "Elsewhere: services, notices, clocks, timeline, leave.\n", "What can be done here:\n1. next: start. Do what comes next with the step", "number or word, empty: none of them> "}, Absent: []string{"Not now:", "28. timeline: "}},
		{Name: "the word for it", Lines: "help", Want: []string{numbers, "1. next: start. "}},
		{Name: "all", Lines: "? all", Want: []string{"Not now: tick. The step has no checklist.\n", "Not now: drill. This is no drill.\n", "28. timeline: 5 Timeline: every entry\n"}, Absent: []string{"Everywhere: "}},
		{Name: "with a word", Lines: "?done", Want: []string{"1. next: ", "2. done: Mark the step done\n", "3. done-with: "}, Absent: []string{"skip", "Everywhere"}},
		{Name: "with none", Lines: "? qqqqzzz", Absent: []string{"1. "}},
		{Name: "one is taken", Lines: "?|4|because|yes", Logged: `skipped 1.1 Write down what is seen — "because"`},
		{Name: "none is taken", Lines: "?||", Want: []string{"LIVE 2026-11-24"}, Logged: "opened"},
	})
}

// TestWhereOneIsIsSaid: an empty line says it in short, “again” all of it.
func TestWhereOneIsIsSaid(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "in short", Lines: "", Want: []string{"LIVE 2026-11-24-amber-heron; SEV1; ", "On: 1.1 Write down what is seen; to do.\n"}, Absent: []string{"Screen:", "2. 1.1"}},
		{Name: "all of it", Lines: "again", Want: []string{"LIVE 2026-11-24-amber-heron; ", "Screen: run: the steps.\n1. Phase 1", "2. 1.1 Write down what is seen; to do (you are here)\n", "On: 1.1 Write down", "answer: Time of the first sign: needed before it is done\n"}},
		{Name: "the text", Lines: "text", Want: []string{"Write what you see, not what you think it is.\n- the first sign, and when\n", "Of these one can be chosen:\n1. answer: Time of the first sign"}},
		{Name: "of the list, what has a word", Lines: "list photo", Want: []string{"4. 1.3 Photograph note and screens; to do\n"}, Absent: []string{"1.1 Write"}},
		{Name: "a list with titles", Lines: "timer 10m|tea|yes|clocks", Want: []string{"Due\n1. tea", "Clocks that do not run: the runbook has none\n"}},
		{Name: "of such a list, what has a word", Lines: "timer 10m|tea|yes|timer 20m|milk|yes|clocks|list milk", Want: []string{"list milk\n2. milk"}},
		{Name: "too long a list to be heard", Lines: strings.Repeat("note x|yes|", 21) + "timeline", Want: []string{"“list” says all 2", " lines, “list” and words those with these words.\n"}, Absent: []string{"1. 02:"}},
		{Name: "none has", Lines: "list qqqqzzz", Want: []string{"No line has that.\n"}},
		{Name: "another screen", Lines: "services", Want: []string{"Screen: services.\n", "services> "}},
		{Name: "the step to do next, from elsewhere", Lines: "1.3|jump", Want: []string{"On: 1.1 Write down"}, Absent: []string{"you are on it"}},
		{Name: "the step to do next, from there", Lines: "jump", Want: []string{"1.1 is the step to do next, and you are on it.\nrun> "}, Logged: "opened"},
		{Name: "a text that is left", Lines: "text|", Want: []string{"number or word, empty: none of them> "}, Logged: "opened"},
	})
}

// TestWhatIsNotUnderstoodDoesNothing: it is said that nothing was done, and what would do.
func TestWhatIsNotUnderstoodDoesNothing(t *testing.T) {
	none := "is nothing that can be done here: nothing was done. “?” says what can.\n"
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "a word", Lines: "qqqqzzz", Want: []string{"“qqqqzzz” " + none, "“note” and a text writes it down.\n"}, Logged: "opened"},
		{Name: "a yes to nothing", Lines: "yes", Want: []string{"“yes” " + none}, Absent: []string{"“find"}, Logged: "opened"},
		{Name: "a number too high", Lines: "99", Want: []string{"“99” is no answer here: nothing was done. There are 11 lines to choose from: “list” says them.\n"}},
		{Name: "after which nothing else is said", Lines: "99", Absent: []string{"On: 1.1"}, Logged: "opened"},
		{Name: "a word that is found elsewhere", Lines: "verify", Want: []string{"“verify” " + none + "“find verify” finds what has that.\n"}, Logged: "opened"},
		{Name: "a number too low", Lines: "0", Want: []string{"“0” is no answer here"}},
		{Name: "a number that is none", Lines: "99999999999999999999", Want: []string{"nothing was done"}},
		{Name: "what is not possible now", Lines: "reopen", Want: []string{"The step is open.\n"}, Logged: "opened"},
		{Name: "in a dialog", Lines: "timeline|1|show|qqqqzzz", Want: []string{"“qqqqzzz” is no answer here: nothing was done. There are numbers from 1 to 5, and the words beside them.\n", "entry> "}},
		{Name: "in a list to choose from", Lines: "find|qqqqzzz|leave|", Want: []string{"Nothing matches.\n", "run> "}},
		{Name: "of a choice", Lines: "role|qqqqzzz|/leave|", Want: []string{"“qqqqzzz” is no answer here: nothing was done. A number from 1 to 2, or the beginning of one of them; “/leave” leaves.\n"}},
	})
}

// TestWordsDoNotClash: a word is none of the keys that clash: what a screen has no key for is
// done there by its name, and is said among what can be done everywhere.
func TestWordsDoNotClash(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "evidence", Lines: "notices|evidence nowhere.png", Want: []string{"Attach a file\n"}},
		{Name: "severity", Lines: "notices|severity|2|it wanes|yes", Logged: "SEV2"},
		{Name: "said", Lines: "notices|?", Want: []string{" evidence, severity.\n"}},
	})
}

// TestWhoElseIsSaid: where another person is asked for, the word by which somebody else acts
// at this terminal is said; and that a timer is over is no yes to anything.
func TestWhoElseIsSaid(t *testing.T) {
	restored := "services|set|affected|smoke||yes|set|restored|new disks||yes|set|verified|looked||yes"
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "another person", Lines: restored, Want: []string{"somebody else should look.\n", "“leave”, then “who”: Say who acts at this terminal from now on\n"}},
		{Name: "who then looks", Lines: restored + "|leave|who Cleo|set|verified|looked||yes", Logged: "is verified"},
	})
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "a name behind the word", Lines: "who Cleo|", Want: []string{"Cleo acts here from now on.\n", "you are Cleo; "}, Logged: "Cleo acts from here on"},
		{Name: "who acts already", Lines: "who ada|", Want: []string{"you are Ada; "}, Logged: "opened"},
		{Name: "a word is no name", Lines: "who|next|Cleo", Want: []string{"“next” would be the name here. “/leave” leaves; “next” once more if you mean just that.\n"}, Logged: "Cleo acts from here on"},
		{Name: "a number is no name", Lines: "who|7|no|/leave", Want: []string{"“7” would be the name here.", "“no” would be the name here."}, Logged: "opened"},
		{Name: "a name that is meant", Lines: "who|next|next", Logged: "next acts from here on"},
		{Name: "a timer", Lines: "timer 10m|look again|yes|clocks|end|yes|text", Want: []string{"\nover 02:31\n"}, Absent: []string{"yes: over"}},
	})
}

// TestAFormIsAsked: field by field; then it is read out, and a number changes a line before
// yes sends it.
func TestAFormIsAsked(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "read out", Lines: "skip x", Want: []string{"Skip 1.1 Write down what is seen\nIt says:\n1. Why is it not done? x\n2. When did it happen? now\n3. Who does it? Ada\n“yes”: skip. A number changes that line. “no” leaves it, and what you typed is kept.\nyes, no or a number> "}, Logged: "opened"},
		{Name: "needed", Lines: "skip||x|yes", Want: []string{"Why is it not done? (needed)\nanswer> "}, Logged: `— "x"`},
		{Name: "an example, and what stands there", Lines: "timer", Want: []string{"When (needed); such as 10m, or 07:30. It is: 10m; an empty line keeps it\nanswer> "}, Logged: "opened"},
		{Name: "a line is changed", Lines: "skip x|1|y|yes", Logged: `skipped 1.1 Write down what is seen — "y"`},
		{Name: "a line that is not there", Lines: "skip x|9|yes", Want: []string{"nothing was done"}, Logged: `— "x"`},
		{Name: "a time that is none", Lines: "skip x|2|qqqqzzz|02:10|yes", Want: []string{"qqqqzzz"}, Logged: "skipped"},
		{Name: "neither yes nor no", Lines: "skip x|perhaps|yes", Want: []string{"“perhaps”"}, Logged: "skipped"},
		{Name: "no", Lines: "skip x|no", Want: []string{"What you typed is kept until you open this again.\n"}, Logged: "opened"},
		{Name: "and it is there again", Lines: "skip x|no|skip|yes", Logged: `— "x"`, Want: []string{"1. Why is it not done? x\n"}},
		{Name: "left in a question", Lines: "skip|/leave", Want: []string{"Left: nothing of it was recorded.\nrun> "}, Logged: "opened"},
		{Name: "left in a choice", Lines: "severity|leave", Want: []string{"Left: nothing of it was recorded.\nrun> "}, Logged: "opened"},
		{Name: "left at its end", Lines: "skip x|no", Want: []string{"Left: nothing of it was recorded.\nWhat you typed is kept until you open this again.\nrun> "}, Logged: "opened"},
		{Name: "by somebody else", Lines: "skip x|3|Ben|yes", Want: []string{"Ben acts here from now on; “who” changes it.\n"}, Logged: "skipped 1.1"},
		{Name: "an empty line leaves a text out", Lines: "1.3|done-with||no", Want: []string{"a dot alone ends them; an empty line leaves it out", "1. Note: nothing"}},
		{Name: "a text that is needed", Lines: "note|||two|.|yes", Logged: `note on 1.1 Write down what is seen — "two"`, Want: []string{"It is needed: nothing was typed yet."}},
		{Name: "several lines", Lines: "note|one||two|.|yes", Logged: `note on 1.1 Write down what is seen — "one`, Want: []string{"text, a dot ends it> "}},
		{Name: "a choice by its number", Lines: "severity|2|it wanes|yes", Want: []string{"1. ", "2. "}, Logged: "SEV2"},
		{Name: "a choice by its letters", Lines: "severity|sev3|it wanes|yes", Logged: "SEV3"},
		{Name: "a number is no name", Lines: "assign|1|Ben|yes", Logged: "to Ben", Want: []string{"There are no numbered answers to this question. An empty line keeps “Ada”; “1” once more if you mean just that.\nanswer> "}},
		{Name: "a number behind the word is no name", Lines: "assign 1|Ben|yes", Logged: "to Ben", Want: []string{"There are no numbered answers"}},
		{Name: "what stands is kept", Lines: "skip x|3|1||yes", Logged: "skipped", Want: []string{"An empty line keeps “Ada”; “1” once more if you mean just that."}},
		{Name: "a question to a question", Lines: "skip|?|x|yes", Logged: `— "x"`, Want: []string{"“?” would be the answer here. “/?” says the question again, “/back” goes to the one before, “/leave” leaves. The answer is typed here; “?” once more if you mean just that.\nanswer> "}},
		{Name: "a word that leaves elsewhere", Lines: "assign|leave|Ben|yes", Logged: "to Ben", Want: []string{"An empty line keeps “Ada”; “leave” once more"}},
		{Name: "a word of the screen is no name", Lines: "assign|role|Ben|yes", Logged: "to Ben", Want: []string{"“role” would be the answer here. “/?” says", "An empty line keeps “Ada”; “role” once more if you mean just that.\nanswer> "}},
		{Name: "nor with what follows it", Lines: "assign|role commander|Ben|yes", Logged: "to Ben", Want: []string{"“role commander” would be the answer here."}},
		{Name: "a yes to a text", Lines: "skip|yes|the night shift|yes", Logged: `— "the night shift"`, Want: []string{"“yes” would be the answer here."}},
		{Name: "a word of the screen is no note", Lines: "note|next|power is back|.|yes", Logged: `— "power is back"`, Want: []string{"“next” would be the answer here.", "The answer is typed here; “next” once more"}},
		{Name: "a no is no note", Lines: "note|no|power is back|.|yes", Logged: `— "power is back"`, Want: []string{"“no” would be the answer here."}},
		{Name: "further down it is text", Lines: "note|what comes|next|.|yes", Logged: `— "what comes`, Absent: []string{"would be the answer"}},
		{Name: "a note of one word that is meant", Lines: "note|next|next|.|yes", Logged: `— "next"`},
		{Name: "a word that is meant", Lines: "skip|?|?|yes", Logged: `— "?"`},
		{Name: "a number that is meant", Lines: "assign|7|7|yes", Logged: "to 7"},
		{Name: "a choice as it stands", Lines: "role||Ben|yes", Want: []string{"(as it stands)"}, Logged: "role Incident commander: Ben"},
	})
}

// TestARefusedClosingIsLeft: the way out of a refused closing is not called "close".
func TestARefusedClosingIsLeft(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "left", Lines: "close|1|all over|.|yes|leave", Want: []string{"Not recorded\n", "leave: leave it\n"}, Logged: "opened"},
	})
}

// TestAConfirmationIsAsked: nothing but yes does it.
func TestAConfirmationIsAsked(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "yes", Lines: "start|undo|yes", Logged: "retracted entry 2"},
		{Name: "no", Lines: "start|undo|no", Logged: "started 1.1"},
		{Name: "an empty line", Lines: "start|undo||", Logged: "started 1.1", Want: []string{"Take back entry 2", "1. yes: take it back; 2. no.\nyes or no> "}, Absent: []string{"is no answer"}},
		{Name: "a list that is left", Lines: "find|leave", Logged: "opened", Want: []string{"Left.\nrun> "}},
		{Name: "a dialog that is left", Lines: "timeline|1|show|leave", Logged: "opened", Want: []string{"Left.\ntimeline> "}},
		{Name: "another word", Lines: "start|undo|done", Logged: "started 1.1", Want: []string{"yes or no> "}},
	})
}

// TestLeavingIsSaid: home again, and the end of the program.
func TestLeavingIsSaid(t *testing.T) {
	tuitest.InBubble(t, "quit", func(t *testing.T) {
		c, _ := tuitest.InsideByLine(t, tuitest.Home(t, tui.Options{ByLine: true}))
		c.Say("back")
		if c.Ended() {
			t.Error("leaving the incident ended the program")
		}
		c.Say("quit")
		if !c.Ended() || c.Err != nil {
			t.Errorf("quit did not end it: %v\n%s", c.Err, c.All())
		}
	})
}

// TestWordsBehindAChoice: what is typed behind a word chooses by a choice's words or their
// first letters too, what follows answers the next question, and what was chosen is said.
func TestWordsBehindAChoice(t *testing.T) {
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "and the next answer", Lines: "role commander Cleo|yes", Want: []string{"Role: Incident commander"}, Logged: "role Incident commander: Cleo"},
		{Name: "by first letters", Lines: "role ic Cleo|yes", Logged: "role Incident commander: Cleo"},
		{Name: "by none", Lines: "role qqq Cleo|/leave", Want: []string{"“qqq Cleo” is no answer here"}},
		{Name: "several answers", Lines: "set gisis|/leave", Absent: []string{"State: "}},
	})
}

// TestNothingIsLeftTwice: who says “leave” once too often is told so, and muster goes on.
func TestNothingIsLeftTwice(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "at home", Lines: "leave|leave|list", Want: []string{"Nothing is asked here that “leave” would leave. “quit” ends muster.\n", "home> list\n"}},
		{Name: "in an incident", Lines: "no", Want: []string{"Nothing is asked here that “no” would leave. “leave” leaves the incident, as it is; “quit” ends muster.\n"}},
		{Name: "quit", Lines: "quit", Want: []string{"muster ends. What was saved is safe.\n"}},
	})
}

// TestADraftIsReadOnce: a text that was just read out is not read again by what writes it.
func TestADraftIsReadOnce(t *testing.T) {
	const text = "We have technical issues."
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "once", Lines: "notices|2|1|edit", Want: []string{"The text, and what it claims, were just read out;"}},
		{Name: "again", Lines: "notices|edit|", Want: []string{"writing a notice> \nHolding statement, version 1\n" + text}},
	})
}
