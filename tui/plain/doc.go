// Package plain shows the screens line by line: for screen readers, telephones and
// serial lines. Nothing is drawn and nothing moves; what is newest stands last.
//
// It writes no act of its own. It drives the same model as the terminal does: a typed
// word does an action of the same table as a key, what a form asks is asked as one
// question after the other, and what waits for an answer is a list with numbers.
//
//	line ─► talk ─► action, field, answer ─► the model ─► what is new, and the next question
//
// Four rules hold. A line that was not ended is not taken, and the end of the input means
// no: it records nothing. Nothing is recorded by an empty line. A dialog that opens by
// itself waits until it is asked for, since the next line was meant for something else.
// No control character leaves.
package plain
