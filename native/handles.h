// A handle is a TensorImpl pointer that owns one reference: no allocation per handle.
#pragma once

#include <ATen/core/Tensor.h>

#include "rubato_torch.h"

namespace rubato {

using TensorPointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

inline rt_tensor give(at::Tensor&& tensor) {
  return tensor.defined() ? static_cast<rt_tensor>(tensor.unsafeReleaseTensorImpl()) : nullptr;
}

inline at::Tensor borrow(rt_tensor handle) {
  return handle == nullptr ? at::Tensor()
                           : at::Tensor(TensorPointer::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

inline c10::Device unpack_device(int64_t packed) {
  const auto index = packed & 255;
  return c10::Device(
      static_cast<c10::DeviceType>(packed >> 8), index == 255 ? c10::DeviceIndex(-1) : static_cast<c10::DeviceIndex>(index));
}

inline int32_t pack_device(c10::Device device) {
  return static_cast<int32_t>(device.type()) * 256 + (device.index() < 0 ? 255 : static_cast<int32_t>(device.index()));
}

} // namespace rubato
