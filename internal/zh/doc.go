// Package zh understands what people type in Chinese on a phone: times, numbers, platforms, links,
// choices. It asks no clock; now is always an argument. What could be several things is given back as
// several things, never guessed.
package zh
