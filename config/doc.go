// Package config is what an operator may set: the configuration file, the organisation file, and the
// shipped policies and forms. Files are read strictly: an unknown key is an error with its line.
package config
