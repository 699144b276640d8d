//go:build !race

package main

// crowd is how many people report within a minute.
const crowd = 200
