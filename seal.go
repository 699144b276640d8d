package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
)

// sealer encrypts what is kept in the database and must not be read there: AES-256-GCM under a key derived
// from the configured secret, bound to what it belongs to.
type sealer struct {
	aead cipher.AEAD
	mark []byte // the key of hashes
}

func newSealer(secret string) (*sealer, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "fenghuo webhook keys", 32)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	mark, err := hkdf.Key(sha256.New, []byte(secret), nil, "fenghuo marks", 32)
	return &sealer{aead, mark}, err
}

// Mark is a text as a hash only this service can make.
func (s *sealer) Mark(text string) string {
	mac := hmac.New(sha256.New, s.mark)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

// Seal encrypts plain for what it is about.
func (s *sealer) Seal(plain, about string) (string, error) {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return base64.RawStdEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(plain), []byte(about))), nil
}

var errSealed = errors.New("sealed with another secret, or changed")

// Open is Seal's inverse.
func (s *sealer) Open(sealed, about string) (string, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < s.aead.NonceSize() {
		return "", errSealed
	}
	plain, err := s.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], []byte(about))
	if err != nil {
		return "", errSealed
	}
	return string(plain), nil
}
