// Count runs go test -json, shows what failed, and closes with one line: N passed, N failed, N skipped.
//
//	count [-also WHAT] go test -json ./...
//
// WHAT is something that has failed before and is counted with the rest.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

func main() {
	also := flag.String("also", "", "something that has failed already")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: count [-also WHAT] COMMAND ARGUMENT…")
		os.Exit(2)
	}
	if !run(os.Stdout, *also, flag.Args()) {
		os.Exit(1)
	}
}

// run reports whether all is well.
func run(w io.Writer, also string, command []string) bool {
	r := newReport(w)
	if also != "" {
		r.fail(also, "", nil)
	}
	// What stops this stops the tests too, and their last words are still wanted.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt, syscall.SIGTERM)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err == nil {
		r.read(out)
		err = cmd.Wait()
	}
	if err != nil && r.failed == 0 {
		r.fail(command[0], err.Error(), nil)
	}
	r.end()
	return r.failed == 0
}
