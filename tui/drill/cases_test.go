package drill_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// as is the drill that who has started, before Ada's eyes.
func as(who string) func(*testing.T) (*tuitest.Terminal, *tuitest.Desk) {
	return func(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
		t.Helper()
		scene := tuitest.Drill(who)(t, tui.Options{})
		app, err := scene.App(scene.Desk)
		if err != nil {
			t.Fatal(err)
		}
		return tuitest.Start(t, app, 120, 40), scene.Desk
	}
}

// act is what somebody does.
type act struct {
	who     string
	command func(*state.Incident) state.Command
}

func does(who string, c state.Command) act {
	return act{who, func(*state.Incident) state.Command { return c }}
}

func all(acts ...act) func(*tuitest.Desk) {
	return func(desk *tuitest.Desk) {
		for _, a := range acts {
			if err := desk.Last().Other(a.who, a.command(desk.Last().Incident())); err != nil {
				panic(err)
			}
		}
	}
}

var begins = does("Ada", state.SetExercise{Do: state.ExerciseStart, Speed: 1})

// page is the first inject, delivered.
func page() state.DeliverInject {
	return state.DeliverInject{Inject: "error-page", From: "Service desk", To: "operations", Via: "phone", Text: "The website shows an error page."}
}

// journalist is the second.
func journalist() state.DeliverInject {
	return state.DeliverInject{Inject: "journalist", From: "A journalist", To: "all", Via: "mail", Text: "Is it true?"}
}

func hold(why string) act {
	return act{"Ada", func(inc *state.Incident) state.Command {
		return state.HoldInject{Ref: inc.Exercise.Ref("error-page"), Why: why}
	}}
}

func skip(why string) act {
	return act{"Ada", func(inc *state.Incident) state.Command {
		return state.SkipInject{Ref: inc.Exercise.Ref("error-page"), Why: why}
	}}
}

// TestInjectsAreTold: the facilitator sees of an inject what it is, when it comes, what is
// expected, and what became of it.
func TestInjectsAreTold(t *testing.T) {
	tuitest.Cases(t, as("Ada"), []tuitest.Case{
		{Name: "to come", Keys: "6", Want: []string{
			"NOT STARTED  +0:00:00  ×1", "0 of 4 delivered", "NEXT +0:05 in 5:00", "↵ deliver ", "space start", "h hold", "1  CANARY-1", "+0:05, in 5:00", "To   Operations lead (nobody)",
			"With page.txt, 8 bytes", "Expect    CANARY-2", "Notes     CANARY-3", "Objective Key systems", "World     website is down: HTTP 502", "What the players did so far", "nothing.",
		}, Absent: []string{"Only if you want it", "After "}},
		{Name: "behind another", Keys: "6 j j", Want: []string{"After 2 CANARY-4", ": planned", "⊘  +0:30  CANARY-6"}, Absent: []string{"World ", "Objective "}},
		{Name: "if wanted", Keys: "6 j j j", Want: []string{"Only if you want it: it never falls due of itself."}},
		{Name: "held, and why", Before: all(hold("not yet")), Keys: "6", Want: []string{"Ada 02:31: not yet", "h release"}},
		{Name: "held", Before: all(hold("")), Keys: "6", Want: []string{"Ada 02:31"}, Absent: []string{"Ada 02:31:"}},
		{Name: "nobody answered", Before: all(begins, does("Ada", page())), Keys: "6", Want: []string{"RUNNING ", "space pause", "1 of 4 delivered", "delivered as number 1 at +0:00 by Ada", "nothing was recorded after it", "0 actions since message 1", "What the players did since it was delivered", "nothing.", "r repeat"}, Absent: []string{"↵ deliver", "first acknowledged"}},
		{Name: "acted on", Before: all(does("Ada", state.AssignRole{Role: "operations", Person: "Ben"}), begins, does("Ada", page()), does("Ben", state.AddNote{Text: "Seen."})), Keys: "6", Want: []string{"next act of that role, after 0:00: entry 5, Ben, note", "1 action since message 1", "+0:00 Ben  note — \"Seen.\""}, Absent: []string{"nothing was recorded after it", "nothing."}},
		{Name: "acknowledged", Before: all(begins, does("Ada", page()), does("Ben", state.AcknowledgeInject{Inject: "1"})), Keys: "6", Want: []string{"first acknowledged after 0:00"}, Absent: []string{"nothing was recorded after it"}},
		{Name: "the newest of theirs first", Before: all(begins, does("Ada", page()), does("Ben", state.AddNote{Text: "one"}), does("Ben", state.AddNote{Text: "two"})), Keys: "6", Want: []string{"2 actions since message 1"}, Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			if one, two := strings.LastIndex(term.Screen(), "\"one\""), strings.LastIndex(term.Screen(), "\"two\""); two < 0 || one < two {
				t.Errorf("they are not in order:\n%s", term.Screen())
			}
		}},
		{Name: "on the spot", Before: all(begins, does("Ada", state.AddInject{From: "Control", To: "all", Via: "phone", Text: "Stop.", World: map[string]string{"email": "down: HTTP 500"}})), Keys: "6 k", Want: []string{"Message 1, made on the spot", "World email is down: HTTP 500"}},
		{Name: "a pause", Before: all(begins, does("Ada", state.SetExercise{Do: state.ExercisePause})), Keys: "6", Want: []string{"PAUSED", "space resume"}},
	})
}

// TestObjectivesAreTold: how each was rated, what was observed, and which injects are for it.
func TestObjectivesAreTold(t *testing.T) {
	rated := does("Ada", state.RateObjective{Objective: "contain", Title: "x", Rating: state.Major, Note: "too late"})
	tuitest.Cases(t, as("Ada"), []tuitest.Case{
		{Name: "not rated", Keys: "6 G", Want: []string{"↵ rate ", "Not rated: R rates it.", "nothing yet.", "Injects for it", "1 CANARY-1"}, Absent: []string{"2 CANARY-4 Is it true that you are under attack?: planned"}},
		{Name: "another's text", Keys: "6 G k", Want: []string{"No sentence claims more than the board shows.", "2 CANARY-4 Is it true that you are under attack?: planned"}},
		{Name: "rated", Before: all(rated), Keys: "6 G", Want: []string{"M  performed with major challenges", "02:31 Ada: too late"}, Absent: []string{"Not rated"}},
		{Name: "observed", Before: all(does("Ada", state.AddObservation{Text: "Calm.", Mark: state.Strength, Objective: "contain"}), does("Ada", state.AddObservation{Text: "Late.", Mark: state.Improve, Objective: "contain"})), Keys: "6 G",
			Want: []string{"+ 02:31 strength: Calm.", "! 02:31 improve: Late."}, Absent: []string{"nothing yet."}},
		{Name: "observed of another", Before: all(does("Ada", state.AddObservation{Text: "Calm.", Mark: state.Strength, Objective: "truth"})), Keys: "6 G", Want: []string{"nothing yet."}},
		{Name: "rated again", Before: all(rated), Keys: "6 G enter", Want: []string{"● Key systems", "● M performed", "too late"}},
		{Name: "for the inject under the cursor", Keys: "6 j R", Want: []string{"● Public statements"}},
	})
}

// TestFacilitating: each key does what it says, at once, and in the log.
func TestFacilitating(t *testing.T) {
	speed := func(to int) act { return does("Ada", state.SetExercise{Do: state.ExerciseSpeed, Speed: to}) }
	tuitest.Cases(t, as("Ada"), []tuitest.Case{
		{Name: "start", Keys: "6 space", Logged: "Ada exercise clock started", Want: []string{"RUNNING "}},
		{Name: "pause", Before: all(begins), Keys: "6 space", Logged: "Ada exercise clock paused", Want: []string{"PAUSED"}},
		{Name: "resume", Before: all(begins, does("Ada", state.SetExercise{Do: state.ExercisePause})), Keys: "6 space", Logged: "Ada exercise clock resumed", Want: []string{"RUNNING "}},
		{Name: "faster", Before: all(begins), Keys: "6 >", Want: []string{"×2 "}},
		{Name: "faster twice", Before: all(begins), Keys: "6 > >", Want: []string{"×5 "}},
		{Name: "fastest", Before: all(begins, speed(60)), Keys: "6 >", Want: []string{"It runs as fast as it can.", "×60 "}},
		{Name: "slower", Before: all(begins, speed(10)), Keys: "6 <", Want: []string{"×5 "}},
		{Name: "slower from between", Before: all(begins, speed(3)), Keys: "6 <", Want: []string{"×2 "}},
		{Name: "slowest", Before: all(begins), Keys: "6 <", Want: []string{"It does not run slower than time.", "×1 "}},
		{Name: "jump", Before: all(begins), Keys: "6 J '+0:03 ctrl+s", Want: []string{"+0:03:0"}, Logged: "Ada exercise clock"},
		{Name: "jump to nowhere", Before: all(begins), Keys: "6 J 'soon ctrl+s", Want: []string{"Set the exercise clock"}},
		{Name: "deliver", Before: all(begins), Keys: "6 d enter", Want: []string{"1 of 4 delivered"}},
		{Name: "deliver by enter", Before: all(begins), Keys: "6 enter", Want: []string{"1 of 4 delivered"}},
		{Name: "repeat", Before: all(begins, does("Ada", page())), Keys: "6 r enter", Want: []string{"told 2 times", "1 of 4 delivered"}},
		{Name: "hold", Keys: "6 h enter", Logged: "Ada holds an inject back"},
		{Name: "release", Before: all(hold("")), Keys: "6 h enter", Logged: "Ada an inject is held back no more"},
		{Name: "skip", Keys: "6 s 'too_much ctrl+s", Logged: "Ada skips an inject"},
		{Name: "rate", Keys: "6 G enter tab right tab 'slow ctrl+s", Logged: "Ada rated the objective"},
		{Name: "observe", Keys: "6 o 'Calm. ctrl+s", Logged: "Ada observed"},
		{Name: "on the spot", Before: all(begins), Keys: "6 + 'Stop. ctrl+s", Logged: "Stop."},
		{Name: "on the spot, with a world", Before: all(begins), Keys: "6 + 'Stop. tab tab tab tab 'email=up ctrl+s", Logged: "Stop."},
		{Name: "a world of another service", Before: all(begins), Keys: "6 + 'Stop. tab tab tab tab 'mail=up ctrl+s", Want: []string{"The services are"}},
		{Name: "a world that is none", Before: all(begins), Keys: "6 + 'Stop. tab tab tab tab 'email=green ctrl+s", Want: []string{"A message on the spot"}},
		{Name: "what comes next", Before: all(begins, does("Ada", page())), Keys: "6 G .", Want: []string{"2  CANARY-4"}},
	})
}

// TestFacilitatorRefusals: what does not apply says why.
func TestFacilitatorRefusals(t *testing.T) {
	delivered := all(begins, does("Ada", page()))
	tuitest.Cases(t, as("Ada"), []tuitest.Case{
		{Name: "delivered", Before: delivered, Keys: "6 d", Want: []string{"It is delivered; r repeats it."}},
		{Name: "held when delivered", Before: delivered, Keys: "6 h", Want: []string{"It is delivered; r repeats it."}},
		{Name: "repeat what is to come", Before: all(begins), Keys: "6 r", Want: []string{"Choose an inject that was delivered."}},
		{Name: "repeat an objective", Before: delivered, Keys: "6 G r", Want: []string{"Choose an inject that was delivered."}},
		{Name: "deliver an objective", Before: all(begins), Keys: "6 G d", Want: []string{"Choose an inject first."}},
		{Name: "repeat what was on the spot", Before: all(begins, does("Ada", state.AddInject{From: "Control", To: "all", Via: "phone", Text: "Stop."})), Keys: "6 k r", Want: []string{"It was made on the spot: add it once more."}},
		{Name: "skipped twice", Before: all(begins, skip("no")), Keys: "6 s", Want: []string{"It is skipped; it can be delivered all the same."}},
		{Name: "skipped, and delivered", Before: all(begins, skip("no")), Keys: "6 d enter", Want: []string{"1 of 4 delivered"}},
	})
}

// TestMessages: a player sees what came for them, and answers it.
func TestMessages(t *testing.T) {
	seat := does("Fay", state.AssignRole{Role: "operations", Person: "Ada"})
	start := does("Fay", state.SetExercise{Do: state.ExerciseStart, Speed: 1})
	tuitest.Cases(t, as("Fay"), []tuitest.Case{
		{Name: "none", Keys: "M", Absent: []string{"EXERCISE: message"}},
		{Name: "one", Before: all(seat, start, does("Fay", page())), Keys: "M", Want: []string{"EXERCISE: message 1", "From Service desk", "To   Operations lead (Ada)", "Via  phone", "↵ acknowledge", "1 message to acknowledge"}},
		{Name: "acknowledged", Before: all(seat, start, does("Fay", page())), Keys: "M enter", Logged: "Ada acknowledged inject 1", Absent: []string{"to acknowledge"}},
		{Name: "with a note", Before: all(seat, start, does("Fay", page())), Keys: "M n 'On_it. ctrl+s", Logged: "On it."},
		{Name: "later", Before: all(seat, start, does("Fay", page())), Keys: "M esc", Logged: "Fay inject 1", Want: []string{"1 message to acknowledge"}},
		{Name: "not for this role", Before: all(does("Fay", state.AssignRole{Role: "operations", Person: "Ben"}), does("Fay", state.AssignRole{Role: "commander", Person: "Ada"}), start, does("Fay", page())), Keys: "M", Absent: []string{"EXERCISE: message"}},
		{Name: "for all", Before: all(start, does("Fay", journalist())), Keys: "M", Want: []string{"EXERCISE: message 1", "Is it true?"}},
		{Name: "two", Before: all(seat, start, does("Fay", page()), does("Fay", journalist())), Keys: "esc", Want: []string{"2 messages to acknowledge"}},
		{Name: "acknowledged before", Before: all(seat, start, does("Fay", page()), does("Ada", state.AcknowledgeInject{Inject: "1"})), Keys: "M enter", Want: []string{"↵ close"}, Absent: []string{"↵ acknowledge"}},
		{Name: "acknowledged by another", Before: all(seat, start, does("Fay", page()), does("Ben", state.AcknowledgeInject{Inject: "1"})), Keys: "M", Want: []string{"EXERCISE: messages", "seen 1 Service desk, by phone"}},
		{Name: "while typing", Before: all(seat, start), Keys: "n 'half", Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			all(does("Fay", page()))(desk)
			term.Wait(2 * time.Second)
			if strings.Contains(term.Screen(), "EXERCISE: message") {
				t.Errorf("it opens over what is typed:\n%s", term.Screen())
			}
		}},
		{Name: "no screen of the facilitator's", Keys: "6", Absent: []string{"CANARY"}},
	})
}

// TestFallsDue: what falls due is delivered by itself, each once, while the clock runs and the
// drill is open, and by the facilitator's screens alone.
func TestFallsDue(t *testing.T) {
	fast := func(who string) act { return does(who, state.SetExercise{Do: state.ExerciseStart, Speed: 60}) }
	delivered := func(want int) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
		return func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			term.Wait(8 * time.Second) // eight minutes of the exercise: the first is due, at five
			if got := len(desk.Last().Incident().Exercise.Delivered); got != want {
				t.Errorf("%d are delivered:\n%s", got, term.Screen())
			}
		}
	}
	tuitest.Cases(t, as("Ada"), []tuitest.Case{
		{Name: "running", Before: all(fast("Ada")), Keys: "6", Then: delivered(1)},
		{Name: "on another screen", Before: all(fast("Ada")), Keys: "1", Then: delivered(1)},
		{Name: "not begun", Keys: "6", Then: delivered(0)},
		{Name: "paused", Before: all(fast("Ada"), does("Ada", state.SetExercise{Do: state.ExercisePause})), Keys: "6", Then: delivered(0)},
		{Name: "held", Before: all(hold(""), fast("Ada")), Keys: "6", Then: delivered(0)},
		{Name: "skipped", Before: all(skip("no"), fast("Ada")), Keys: "6", Then: delivered(0)},
		{Name: "closed", Before: func(desk *tuitest.Desk) {
			all(fast("Ada"))(desk)
			if err := desk.Last().Insists("Ada", state.CloseIncident{Summary: "over"}, "a drill"); err != nil {
				panic(err)
			}
		}, Keys: "6", Then: delivered(0)},
	})
	tuitest.Cases(t, as("Fay"), []tuitest.Case{{Name: "not a player's screens", Before: all(fast("Fay")), Keys: "1", Then: delivered(0)}})
}

// TestScenarioThatCannotBeRead: the screen says why, clean, shows nothing of what is there, and
// delivers nothing by itself.
func TestScenarioThatCannotBeRead(t *testing.T) {
	for want, why := range map[string]error{
		"The scenario cannot be read: there is none beside the log": nil,
		"The scenario cannot be read: it is not the one that was":   errors.New("it is not the one that was\x1b[31m sealed"),
	} {
		synctest.Test(t, func(t *testing.T) {
			scene := tuitest.Drill("Ada")(t, tui.Options{})
			scene.Desk.Last().LoseScenario(why)
			app, err := scene.App(scene.Desk)
			if err != nil {
				t.Fatal(err)
			}
			all(begins)(scene.Desk)
			tuitest.Play(t, tuitest.Start(t, app, 120, 40), tuitest.Turn{Do: "6", See: []string{want}, Miss: []string{"\x1b", "CANARY"}},
				tuitest.Turn{Do: "~20m", See: []string{want}, Miss: []string{"CANARY"}})
			if n := len(scene.Desk.Last().Incident().Exercise.Delivered); n != 0 {
				t.Errorf("%d injects were delivered", n)
			}
		})
	}
}
