// Package widget draws: values in, strings out.
//
// Nothing here remembers anything, asks the time or knows an incident. A screen
// gives text, sizes and a [Theme], and gets lines back; it may cache them, since
// the same values always draw the same lines.
//
// Three words are used with one meaning throughout:
//
//	text   plain text without styling. Widgets that take text from outside say
//	       that they clean it (state/clean); the others expect it clean.
//	line   one row of clean text that may be styled (SGR sequences only) and
//	       ends unstyled
//	block  lines, one a row, []string without newlines
//
// Widths are terminal cells, heights are rows. A width or height of zero or less
// draws nothing. Every function keeps its promise about width: wide characters
// that would stick out at an edge give way to spaces or the ellipsis. A line with
// control characters, which should have been cleaned before, is cleaned whole.
//
// Drawing is plain string building with measured fast paths: a screen of 200 by
// 60 cells takes well under a tenth of a millisecond to put together. Lip Gloss's
// layout needs several, Bubbles' text inputs read the local clipboard through
// other programs; neither is used here.
package widget
