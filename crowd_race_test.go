//go:build race

package main

// crowd is smaller under the race detector, which makes it ten times slower.
const crowd = 30
