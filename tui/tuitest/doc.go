// Package tuitest drives the screens in tests: a desk and sessions that live in
// memory and misbehave when told to, a terminal, and scripts that read like what
// a person does.
//
// # Scripts
//
// A script is a text file, one command a line; # begins a comment.
//
//	size 80x24            the terminal's size, before the program starts
//	press KEY …           keys by name: j G enter ctrl+p alt+enter space
//	type TEXT             each character of TEXT as a key
//	paste TEXT            as a terminal pastes; \n in TEXT is a new line
//	click X,Y             the left button, from 0,0
//	wheel up|down X,Y     one notch
//	resize 120x40
//	wait DURATION         time passes; none of the machine's does
//	await TEXT            fails unless TEXT is, or comes within a second, on the screen
//	absent TEXT           fails if TEXT is on the screen
//	snapshot NAME         compares the screen with SCRIPT.NAME.golden; -update writes it
//	fail-save N           the next N actions cannot be saved
//	fail-rescue           a rescue fails, once
//	slow                  actions are saved only after "hurry"
//	hurry
//	damage TEXT           sessions opened from now on are damaged, and read-only
//	change-log [TEXT]     something else has changed the log; without TEXT it is put right
//	restart               the program is killed, and started again
//	withhold PART …       the incident becomes a copy without names, notes, evidence or runbook
//	other NAME …          NAME acts in another process: start, done, skip, confirm STEP, note TEXT,
//	                      service SERVICE STATE, takes ROLE, hand ROLE PERSON, clock CLOCK (is met);
//	                      of a drill: delivers INJECT, repeats INJECT, acknowledges INJECT, exercise DO
//	down SERVICE TEXT     looks at a service fail and show TEXT; \e in TEXT is an escape
//	up SERVICE            they are good again
//	fail-send [TEXT]      sends fail; without TEXT they go out again
//	hold, release         looks and sends wait, and go on
//	sent TEXT             fails unless TEXT went out through a channel
//	unsent                fails if anything did
//	looks N               fails unless there were N looks at services
//	rings N               fails unless the terminal's bell rang N times
//	logged TEXT           fails unless the log's last entry says TEXT
//	entries N             fails unless the log has N entries
//	clipboard TEXT        fails unless TEXT was copied to the terminal's clipboard
//	title TEXT            fails unless the terminal's title is TEXT
//	ended                 fails unless the program has ended
package tuitest
