#pragma once
#include <torch/torch.h>

#include <map>
#include <string>

// Reads a safetensors file: 8 bytes header length (little-endian), a JSON header, the raw tensors (F32 and I64 here).
std::map<std::string, torch::Tensor> read_safetensors(const std::string& path);
