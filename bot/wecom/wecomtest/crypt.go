package wecomtest

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
)

// Encryption and signature of callbacks and their answers (D/90968, D/101033).

// padTo is what plaintexts are padded to: twice AES's block.
const padTo = 32

var errCipher = errors.New("not encrypted with this key")

// aesKey is the key of an EncodingAESKey. The last of the 43 characters may have bits that mean nothing.
func aesKey(encoding string) []byte {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(encoding, "=") + "=")
	if err != nil || len(key) != 32 {
		panic("wecomtest: an EncodingAESKey is 43 characters of [A-Za-z0-9]")
	}
	return key
}

// Encrypt is base64(AES-256-CBC(16 random bytes ‖ length ‖ message ‖ receiveid)).
func Encrypt(encodingAESKey, receiveID string, plain []byte) string {
	random := make([]byte, 16)
	_, _ = rand.Read(random) // never fails
	return encryptWith(encodingAESKey, receiveID, random, plain)
}

func encryptWith(encodingAESKey, receiveID string, random, plain []byte) string {
	data := binary.BigEndian.AppendUint32(bytes.Clone(random), uint32(len(plain)))
	data = append(append(data, plain...), receiveID...)
	return base64.StdEncoding.EncodeToString(Seal(aesKey(encodingAESKey), data))
}

// Decrypt undoes it, and wants the receiveid.
func Decrypt(encodingAESKey, receiveID, text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	if data, err = open(aesKey(encodingAESKey), data); err != nil {
		return nil, err
	}
	if len(data) < 20 {
		return nil, errCipher
	}
	n := int(binary.BigEndian.Uint32(data[16:20]))
	if n > len(data)-20 {
		return nil, errCipher
	}
	if string(data[20+n:]) != receiveID {
		return nil, errors.New("another receiveid")
	}
	return data[20 : 20+n], nil
}

// Seal is AES-256-CBC with the IV at the front of the key and padding to 32: of callbacks and of media.
func Seal(key, plain []byte) []byte {
	n := padTo - len(plain)%padTo
	out := append(bytes.Clone(plain), bytes.Repeat([]byte{byte(n)}, n)...)
	cipher.NewCBCEncrypter(blockOf(key), key[:aes.BlockSize]).CryptBlocks(out, out)
	return out
}

func open(key, data []byte) ([]byte, error) {
	if len(data) == 0 || len(data)%padTo != 0 {
		return nil, errCipher
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(blockOf(key), key[:aes.BlockSize]).CryptBlocks(out, data)
	n := int(out[len(out)-1])
	if n < 1 || n > padTo || !bytes.Equal(out[len(out)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, errCipher
	}
	return out[:len(out)-n], nil
}

func blockOf(key []byte) cipher.Block {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // 32 bytes are a key
	}
	return block
}

// Sign is msg_signature: the SHA-1 over the four in the order of their bytes.
func Sign(token, timestamp, nonce, encrypted string) string {
	parts := []string{token, timestamp, nonce, encrypted}
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}
