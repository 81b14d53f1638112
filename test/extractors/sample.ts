/** A whole invented plan, short, with every kind of record. */
export const SAMPLE = `ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ ĐỒNG MÂY Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND Đồng Mây, ngày 14 tháng 01 năm 2026

KẾ HOẠCH
Cải cách hành chính của xã Đồng Mây năm 2026

Thực hiện Kế hoạch số 21/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh Hạ Vân, Ủy ban nhân dân
xã Đồng Mây ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Để người dân bớt đi lại, bớt chờ đợi khi có việc phải đến trụ sở; để mỗi công chức biết rõ
phần việc của mình.
2. Yêu cầu
- 100% việc trong danh mục có người chịu trách nhiệm.
II. CHỈ TIÊU
- Tỷ lệ hồ sơ trả đúng hẹn đạt từ 98% trở lên, hạn chế tối đa hồ sơ phải xin lỗi.
- Mức độ hài lòng đạt tối thiểu 92%, trong đó lĩnh vực đất đai đạt 88,5%.
- Thời gian chờ tại quầy tối đa 13-15 phút/01 lượt giao dịch.
- Giai đoạn 2026 - 2027:
+ Mỗi năm tăng ít nhất 10% số hồ sơ nộp qua mạng.
+ Giảm 15% chi phí in ấn so với năm 2025.
- Số hóa 1.200 hồ sơ lưu trữ. Hoàn thành trước ngày 30/9/2026.
III. NHIỆM VỤ, GIẢI PHÁP
1. Cải cách thể chế
a) Rà soát văn bản của xã theo Luật Ban hành văn bản quy phạm pháp luật; bãi bỏ văn bản hết hiệu lực.
b) Gửi kết quả rà soát cho tỉnh.
2. Cải cách thủ tục hành chính
Bộ phận tiếp nhận giữ nền nếp trực quầy, kể cả sáng thứ Bảy.
- Bỏ giấy tờ trùng theo Nghị quyết số 17/NQCP ngày 05/3/2025 của Chính phủ:
+ Giấy xác nhận cư trú;
+ Bản sao sổ hộ khẩu.
IV. KINH PHÍ
Lấy từ ngân sách xã năm 2026.
V. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND: Theo dõi chung, tổng hợp báo cáo trước ngày 20 hằng tháng.
2. Phòng Kinh tế
- Lập dự toán, mua máy quét.
3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã tham gia giám sát việc trả hồ sơ.
Trên đây là Kế hoạch cải cách hành chính của xã Đồng Mây năm 2026./.

Nơi nhận: TM. ỦY BAN NHÂN DÂN
- UBND tỉnh Hạ Vân; KT. CHỦ TỊCH
- Các phòng, trung tâm; PHÓ CHỦ TỊCH
- Lưu: VT. Trần Thị Thử
\f
PHỤ LỤC
DANH MỤC VIỆC PHẢI LÀM NĂM 2026
(Ban hành kèm theo Kế hoạch số 12/KH-UBND ngày 14/01/2026 của UBND xã Đồng Mây)

| TT | Nội dung | Chủ trì | Phối hợp | Thời gian | Sản phẩm |
|---|---|---|---|---|---|
| I. Cải cách thể chế | | | | | |
| 1 | Rà soát văn bản (đạt tỷ lệ 100%) | Văn phòng | Các phòng | Quý II/2026 | Danh mục |
| 2 | Bãi bỏ văn bản hết hiệu lực | Văn phòng | | Thường xuyên | Quyết định |
\f
| TT | Nội dung | Chủ trì | Phối hợp | Thời gian | Sản phẩm |
|---|---|---|---|---|---|
| II | Chuyển đổi số | | | | |
| 1 | Quét sổ hộ tịch | Văn phòng; Công an xã | Phòng Kinh tế, Phòng Văn hóa - Xã hội | 30/9/2026 | Kho dữ liệu |
`;
